/// Some of the rows of a run, a bit a row.
struct RowSet {
  private var words: [UInt64]
  private(set) var count = 0

  /// None of `rowCount` rows.
  init(rowCount: Int) { words = [UInt64](repeating: 0, count: (rowCount + 63) / 64) }

  /// - Precondition: the row is not in the set.
  mutating func insert(_ row: Int) {
    words[row >> 6] |= 1 << UInt64(row & 63)
    count += 1
  }

  @inline(__always)
  func contains(_ row: Int) -> Bool { words[row >> 6] >> UInt64(row & 63) & 1 != 0 }
}
