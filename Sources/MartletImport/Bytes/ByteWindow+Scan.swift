/// Constants and tests for eight bytes at a time ("SWAR").
///
/// Source: Sean Eron Anderson, "Bit Twiddling Hacks", determine if a word has a byte less than n,
/// equal to n. The tests mark the lowest such byte exactly; marks above it may be false.
enum Swar {
  static let ones: UInt64 = 0x0101_0101_0101_0101
  static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The byte eight times.
  @inline(__always)
  static func repeated(_ byte: UInt8) -> UInt64 { UInt64(byte) &* ones }

  /// The bytes of a text of at most eight as one word, the first lowest.
  static func packed(_ text: StaticString) -> UInt64 {
    precondition(text.utf8CodeUnitCount <= 8)
    return "\(text)".utf8.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The high bit of each byte that is zero.
  @inline(__always)
  static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }

  /// The high bit of each byte equal to `byte`.
  @inline(__always)
  static func equal(_ word: UInt64, _ byte: UInt8) -> UInt64 { zeros(word ^ repeated(byte)) }

  /// The index of the lowest marked byte.
  @inline(__always)
  static func index(_ marks: UInt64) -> Int { marks.trailingZeroBitCount &>> 3 }

  /// The bytes of a JSON string that need a look: quote, backslash, control, not ASCII.
  @inline(__always)
  static func jsonStringStops(_ word: UInt64) -> UInt64 {
    let quote = word ^ repeated(0x22)
    let slash = word ^ repeated(0x5C)
    let marks = ((quote &- ones) & ~quote) | ((slash &- ones) & ~slash)
    let controls = (word &- repeated(0x20)) & ~word
    return (marks | controls | word) & highs
  }

  /// A mask of the low `byteCount` bytes, 1...8.
  @inline(__always)
  static func lowBytes(_ byteCount: Int) -> UInt64 {
    UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* byteCount)
  }
}

extension ByteWindow {
  /// The offset of the first byte that is no JSON space (line ends aside), at or after `offset`.
  @inline(__always)
  func skipSpace(_ offset: Int) -> Int {
    if self[offset] > 0x20 { return offset }
    // One space after a colon or comma is what most printers write.
    if self[offset] == 0x20, self[offset + 1] > 0x20 { return offset + 1 }
    return skipSpaceSlowly(offset)
  }

  @inline(never)
  private func skipSpaceSlowly(_ offset: Int) -> Int {
    var position = offset
    while true {
      switch self[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
      default: return position
      }
    }
  }

  /// The offset of the first `byte` at or after `offset`, or `count`.
  /// - Complexity: O(distance)
  func firstOffset(of byte: UInt8, from offset: Int) -> Int {
    firstOffset(of: byte, from: offset, to: count)
  }

  /// The offset of the first `byte` from `offset` on and before `end`, or `end`.
  /// - Complexity: O(distance)
  func firstOffset(of byte: UInt8, from offset: Int, to end: Int) -> Int {
    var position = offset
    while position < end {
      let marks = Swar.equal(word(at: position), byte)
      if marks != 0 { return min(position + Swar.index(marks), end) }
      position += 8
    }
    return end
  }

  /// The offset of the last `byte` in a range.
  /// - Complexity: O(distance from the range's end)
  func lastOffset(of byte: UInt8, in range: Range<Int>) -> Int? {
    var position = range.upperBound
    while position > range.lowerBound {
      position -= 1
      if self[position] == byte { return position }
    }
    return nil
  }

  /// How often `byte` occurs in a range.
  func count(of byte: UInt8, in range: Range<Int>) -> Int {
    range.reduce(0) { self[$1] == byte ? $0 + 1 : $0 }
  }

  /// Whether `length` bytes from `offset` are those at `otherOffset` of another window.
  @inline(__always)
  func matches(_ length: Int, at offset: Int, _ other: ByteWindow, at otherOffset: Int) -> Bool {
    var (done, left) = (0, length)
    while left > 8 {
      if word(at: offset + done) != other.word(at: otherOffset + done) { return false }
      done += 8
      left -= 8
    }
    if left == 0 { return true }
    let difference = word(at: offset + done) ^ other.word(at: otherOffset + done)
    return difference & Swar.lowBytes(left) == 0
  }

  /// The bytes of a range as one word, the first lowest; 0 where there are none or more than 8.
  @inline(__always)
  func packed(_ range: Range<Int>) -> UInt64 {
    (1...8).contains(range.count)
      ? word(at: range.lowerBound) & Swar.lowBytes(range.count) : 0
  }

  /// A hash of the bytes, for the name tables.
  ///
  /// Source: Wang Yi, wyhash (public domain): fold the 128-bit product of state and input.
  @inline(__always)
  func hash(at offset: Int, count length: Int, seed: UInt64) -> UInt64 {
    var state = seed ^ UInt64(truncatingIfNeeded: length)
    var (position, left) = (offset, length)
    while left > 8 {
      state = Self.fold(state ^ word(at: position))
      position += 8
      left -= 8
    }
    if left > 0 { state ^= word(at: position) & Swar.lowBytes(left) }
    return Self.fold(state)
  }

  @inline(__always)
  private static func fold(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }

  /// The offset after the UTF-8 character that starts at `offset` with a byte from 0x80 on, or nil
  /// where the bytes are no valid UTF-8 (Unicode standard, table 3-7).
  @inline(never)
  func endOfCharacter(at offset: Int) -> Int? {
    let lead = self[offset]
    let second = self[offset + 1]
    // A byte past the end reads as the sentinel or zero, so it is no continuation byte.
    func isContinuation(_ index: Int) -> Bool { self[offset + index] & 0xC0 == 0x80 }
    switch lead {
    case 0xC2...0xDF:
      return isContinuation(1) ? offset + 2 : nil
    case 0xE0...0xEF:
      guard isContinuation(1), isContinuation(2) else { return nil }
      if lead == 0xE0, second < 0xA0 { return nil }
      if lead == 0xED, second > 0x9F { return nil }
      return offset + 3
    case 0xF0...0xF4:
      guard isContinuation(1), isContinuation(2), isContinuation(3) else { return nil }
      if lead == 0xF0, second < 0x90 { return nil }
      if lead == 0xF4, second > 0x8F { return nil }
      return offset + 4
    default:
      return nil
    }
  }
}
