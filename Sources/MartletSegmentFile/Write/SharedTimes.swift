import MartletEncoding

/// Tells nearly all rows whose time no other row has from the others.
package struct SharedTimes {
  /// A bit for each slot; a time has one slot.
  private var seen: [UInt64]
  private var shared: [UInt64]

  private static let slotsPerRow = 8

  /// - Parameter rowCount: how many rows will be noted.
  package init(rowCount: Int) {
    var wordCount = 16
    while wordCount * 64 < rowCount * SharedTimes.slotsPerRow { wordCount *= 2 }
    seen = [UInt64](repeating: 0, count: wordCount)
    shared = seen
  }

  /// Notes a row. Returns whether one may have been noted with its time before.
  @inline(__always)
  @discardableResult
  package mutating func note(_ time: Int64) -> Bool {
    let (word, bit) = slot(time)
    guard seen[word] & bit != 0 else {
      seen[word] |= bit
      return false
    }
    shared[word] |= bit
    return true
  }

  /// Whether several of the rows may have that time; certainly, where several have it.
  @inline(__always)
  package func areShared(_ time: Int64) -> Bool {
    let (word, bit) = slot(time)
    return shared[word] & bit != 0
  }

  @inline(__always)
  private func slot(_ time: Int64) -> (word: Int, bit: UInt64) {
    let hash = ByteKernels.fold(UInt64(bitPattern: time), 0x9e37_79b9_7f4a_7c15)
    return (Int(truncatingIfNeeded: hash >> 6) & (seen.count - 1), 1 << (hash & 63))
  }
}
