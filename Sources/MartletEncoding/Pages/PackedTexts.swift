public import MartletModel

/// A text page whose strings have one length and differ in hexadecimal digits only, such as UUIDs:
/// each is a record of its digits, so that one is found by arithmetic and compared in place.
public struct PackedTexts: ~Escapable {
  /// How many strings there are.
  public let count: Int
  /// Bytes of each string, at least 1.
  public let textByteCount: Int
  let digits: Format.HexadecimalDigits
  /// A bit a position: whether a digit stands there.
  let mask: RawSpan
  /// The bytes at the other positions, which all strings share.
  let template: RawSpan
  /// Four bits a digit; each string's start at a byte.
  let records: RawSpan
  /// Digits of each string.
  let digitCount: Int
  /// Bytes of each record.
  var recordByteCount: Int { PackedTexts.recordByteCount(ofDigits: digitCount) }

  static func recordByteCount(ofDigits count: Int) -> Int { (count + 1) / 2 }

  static func maskByteCount(ofTexts byteCount: Int) -> Int { (byteCount + 7) / 8 }

  /// Whether a text page is of this form.
  public static func isForm(of page: RawSpan) -> Bool {
    page.byteCount > 0 && page.byte(at: 0) == Format.TextScheme.packed.rawValue
  }

  /// Reads what lies before the records, and checks that they are as long as they must be.
  /// - Parameters:
  ///   - count: how many strings the page has.
  ///   - limit: pages whose strings take more bytes are refused.
  /// - Throws: `.corrupt` for bytes that are no such page of `count` strings.
  /// - Complexity: O(`textByteCount`)
  @_lifetime(copy page)
  public init(
    _ page: RawSpan, count: Int, limit: Int = Format.textPageByteCountMax
  ) throws(MartletError) {
    var reader = ByteReader(page, of: "text page")
    let scheme = try reader.readUInt8()
    guard scheme == Format.TextScheme.packed.rawValue else {
      throw reader.corrupt("the text encoding is \(scheme), not that of packed digits")
    }
    guard (1...Format.pageValueCountMax).contains(count) else {
      throw reader.corrupt("a page cannot hold \(count) values")
    }
    let byteCount = try reader.readCount(max: limit)
    guard byteCount > 0, byteCount.isMultiple(of: count) else {
      throw reader.corrupt("\(count) strings of one length cannot have \(byteCount) bytes")
    }
    let digitsByte = try reader.readUInt8()
    guard let digits = Format.HexadecimalDigits(rawValue: digitsByte) else {
      throw reader.corrupt("there are no digits \(digitsByte)")
    }
    (self.count, self.digits) = (count, digits)
    textByteCount = byteCount / count
    mask = try reader.readSpan(PackedTexts.maskByteCount(ofTexts: textByteCount))
    var digitCount = 0
    for index in 0..<mask.byteCount { digitCount += mask.byte(at: index).nonzeroBitCount }
    let last = mask.byte(at: mask.byteCount - 1)
    guard last.leadingZeroBitCount >= mask.byteCount * 8 - textByteCount else {
      throw reader.corrupt("a digit stands behind the \(textByteCount) bytes of a string")
    }
    self.digitCount = digitCount
    template = try reader.readSpan(textByteCount - digitCount)
    records = try reader.readSpan(reader.remaining)
    let stated = PackedTexts.recordByteCount(ofDigits: digitCount) * count
    guard records.byteCount == stated else {
      throw reader.corrupt(
        "\(stated) bytes of digits are needed, \(records.byteCount) are stored")
    }
  }

  /// Whether the byte at a position of each string is a digit of its own.
  @inline(__always)
  func isDigit(at position: Int) -> Bool {
    mask.byte(at: position >> 3) >> UInt8(position & 7) & 1 != 0
  }

  /// The first of some strings that is `text`, byte for byte.
  /// - Precondition: the page has the strings `range`.
  /// - Complexity: O(`textByteCount` + `range.count`)
  public func firstIndex(of text: RawSpan, in range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    guard let record = record(of: text) else { return nil }
    let size = record.count
    for index in range {
      let stored = records.extracting(index * size..<index * size + size)
      if ByteKernels.equal(stored, record.rawSpan) { return index }
    }
    return nil
  }

  /// The record that a string would have; nil where none of the page can be that string.
  private func record(of text: RawSpan) -> [UInt8]? {
    guard text.byteCount == textByteCount else { return nil }
    var record = [UInt8](repeating: 0, count: recordByteCount)
    let values = digits.values
    var (digit, all): (Int, UInt8) = (0, 0)
    for position in 0..<textByteCount {
      let byte = text.byte(at: position)
      guard isDigit(at: position) else {
        guard byte == template.byte(at: position - digit) else { return nil }
        continue
      }
      let value = values[Int(byte)]
      all |= value
      record[digit >> 1] |= value << UInt8((digit & 1) * 4)
      digit += 1
    }
    return all < 16 ? record : nil
  }
}
