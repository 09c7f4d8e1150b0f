/// A set of rows of a range, as bits.
struct RowMask: Sendable {
  private(set) var words: [UInt64]
  let count: Int

  init(none count: Int) {
    self.count = count
    words = [UInt64](repeating: 0, count: (count + 63) / 64)
  }

  init(all count: Int) {
    self.count = count
    words = [UInt64](repeating: .max, count: (count + 63) / 64)
    clearTail()
  }

  /// The rows whose time lies in a window.
  init(_ times: [Int64], in window: TimeWindow) {
    count = times.count
    words = [UInt64](repeating: 0, count: (times.count + 63) / 64)
    let (from, to) = (window.from, window.to)
    for word in words.indices {
      let start = word &* 64
      let end = min(start &+ 64, times.count)
      var bits: UInt64 = 0
      for row in start..<end {
        let time = times[row]
        let isIn: UInt64 = time >= from && time < to ? 1 : 0
        bits |= isIn &<< UInt64(truncatingIfNeeded: row &- start)
      }
      words[word] = bits
    }
  }

  private mutating func clearTail() {
    let tail = count & 63
    if tail != 0 { words[words.count - 1] &= (1 << UInt64(tail)) - 1 }
  }

  subscript(row: Int) -> Bool { words[row >> 6] >> UInt64(row & 63) & 1 != 0 }

  mutating func insert(_ row: Int) { words[row >> 6] |= 1 << UInt64(row & 63) }

  mutating func insert(_ bits: UInt64, atWord word: Int) { words[word] |= bits }

  mutating func formIntersection(_ other: RowMask) {
    for word in words.indices { words[word] &= other.words[word] }
  }

  mutating func formUnion(_ other: RowMask) {
    for word in words.indices { words[word] |= other.words[word] }
  }

  mutating func invert() {
    for word in words.indices { words[word] = ~words[word] }
    clearTail()
  }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// Calls `body` with each row in order.
  @inline(__always)
  func forEachRow(_ body: (Int) -> Void) {
    for index in words.indices {
      var word = words[index]
      while word != 0 {
        body(index << 6 | word.trailingZeroBitCount)
        word &= word &- 1
      }
    }
  }
}
