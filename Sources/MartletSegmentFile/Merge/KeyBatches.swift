/// Cuts the users of runs into ranges whose users are read at once.
struct KeyBatches {
  /// Rows in a batch, where one user has no more.
  var rowCount = KeyBatches.usualRowCount

  static let usualRowCount = 1 << 16

  /// Ranges of the upper halves of ordinals; together they are 0 ..< 65,536.
  /// - Complexity: O(blocks of the runs)
  func ranges(of runs: [Run]) -> [Range<Int>] {
    var rowCounts: [Int: Int] = [:]
    for run in runs {
      let directory = run.directory
      for (index, block) in directory.blocks.enumerated() {
        let end =
          index + 1 < directory.blocks.count
          ? directory.blocks[index + 1].firstRow : directory.rowCount
        rowCounts[Int(block.key), default: 0] += end - block.firstRow
      }
    }
    var ranges: [Range<Int>] = []
    var (start, rows) = (0, 0)
    for (key, count) in rowCounts.sorted(by: { $0.key < $1.key }) {
      if rows > 0, rows + count > rowCount {
        ranges.append(start..<key)
        (start, rows) = (key, 0)
      }
      rows += count
    }
    ranges.append(start..<65_536)
    return ranges
  }

  /// The last user of the next batch of the keys that sources started; nil where no row is left.
  /// - Complexity: O(sources · log² users)
  func lastUser(of sources: [SourceKeys]) -> UInt32? {
    guard var low = sources.compactMap(\.nextUser).min() else { return nil }
    var high = UInt32.max
    while low < high {
      let middle = high - (high - low) / 2
      let count = sources.reduce(0) { $0 + $1.rowCount(upTo: middle) }
      if count <= rowCount { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
