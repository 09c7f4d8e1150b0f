/// Cuts the users of runs into ranges, each to be worked on at once.
enum KeyBatches {
  /// Rows in a batch, where the users of one key have no more.
  static let rowCount = 1 << 16

  /// Ranges of the upper halves of ordinals; together they are 0 ..< 65,536.
  /// - Complexity: O(blocks of the runs)
  static func ranges(of runs: [Run], rowCount: Int) -> [Range<Int>] {
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
}
