import MartletEncoding
import MartletFiles
import MartletModel

/// Reads a column of texts front to back, and keeps the page in which the last read ended.
struct TextCursor {
  private let column: PagedColumn
  private let file: FileBytes
  private let what: String
  private var keptPage = -1
  private var arena: [UInt8] = []
  private var ends: [Int] = []

  /// - Parameter what: names the column in errors.
  init(_ column: PagedColumn, in file: FileBytes, what: String) {
    (self.column, self.file, self.what) = (column, file, what)
  }

  /// Appends texts `range` to `texts`.
  /// - Throws: `.corrupt`, also where the column has no such values.
  mutating func read(_ range: Range<Int>, into texts: inout TextList) throws(MartletError) {
    guard range.upperBound <= column.valueCount else {
      throw MartletError(
        .corrupt, file: file.name, place: what, "it has fewer texts than it should",
        remedy: BlockHandle.remedy)
    }
    let size = SegmentFileFormat.pageValueCount
    var value = range.lowerBound
    while value < range.upperBound {
      let page = value / size
      let end = min(range.upperBound, page * size + column.count(ofPage: page))
      try keep(page)
      texts.append(arena, ends, value - page * size..<end - page * size)
      value = end
    }
  }

  private mutating func keep(_ page: Int) throws(MartletError) {
    guard page != keptPage else { return }
    keptPage = -1
    arena.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    try column.decodeTexts(ofPage: page, in: file, what: what, into: &arena, ends: &ends)
    keptPage = page
  }
}
