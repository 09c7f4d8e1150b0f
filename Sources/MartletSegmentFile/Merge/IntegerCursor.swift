import MartletEncoding
import MartletFiles
import MartletModel

/// Reads a column of integers front to back, and keeps the page in which the last read ended: no
/// page is decoded twice.
struct IntegerCursor {
  private let column: PagedColumn
  private let file: FileBytes
  private let what: String
  /// The page that `kept` holds.
  private var keptPage = -1
  private var kept: [Int64] = []

  /// - Parameter what: names the column in errors.
  init(_ column: PagedColumn, in file: FileBytes, what: String) {
    (self.column, self.file, self.what) = (column, file, what)
  }

  /// Appends values `range` to `output`.
  /// - Throws: `.corrupt`, also where the column has no such values.
  mutating func read(
    _ range: Range<Int>, into output: inout [Int64]
  ) throws(MartletError) {
    guard range.upperBound <= column.valueCount else { throw tooShort }
    let size = SegmentFileFormat.pageValueCount
    var position = output.count
    output.append(contentsOf: repeatElement(0, count: range.count))
    var value = range.lowerBound
    while value < range.upperBound {
      let page = value / size
      let first = page * size
      let count = column.count(ofPage: page)
      let end = min(range.upperBound, first + count)
      if page != keptPage, value == first, end == first + count {
        try column.decodeIntegers(ofPage: page, in: file, what: what, into: &output, at: position)
      } else {
        try keep(page, count)
        for index in value - first..<end - first {
          output[position + index - (value - first)] = kept[index]
        }
      }
      position += end - value
      value = end
    }
  }

  private mutating func keep(_ page: Int, _ count: Int) throws(MartletError) {
    guard page != keptPage else { return }
    if kept.count < count { kept = [Int64](repeating: 0, count: count) }
    keptPage = -1
    try column.decodeIntegers(ofPage: page, in: file, what: what, into: &kept, at: 0)
    keptPage = page
  }

  private var tooShort: MartletError {
    MartletError(
      .corrupt, file: file.name, place: what, "it has fewer values than it should",
      remedy: BlockHandle.remedy)
  }
}
