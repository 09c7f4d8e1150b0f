import MartletEncoding
package import MartletFiles
package import MartletModel

extension PagedColumn {
  private static var pageSize: Int { SegmentFileFormat.pageValueCount }

  /// Values `range` of a column of integers.
  /// - Complexity: O(values of the pages that `range` touches)
  package func integers(
    _ range: Range<Int>, in file: FileBytes, what: @autoclosure () -> String
  ) throws(MartletError) -> [Int64] {
    precondition(range.upperBound <= valueCount)
    var output = [Int64](repeating: 0, count: range.count)
    try readIntegers(range, in: file, what: what(), into: &output)
    return output
  }

  private func readIntegers(
    _ range: Range<Int>, in file: FileBytes, what: @autoclosure () -> String,
    into output: inout [Int64]
  ) throws(MartletError) {
    var scratch: [Int64] = []
    var value = range.lowerBound
    while value < range.upperBound {
      let page = value / PagedColumn.pageSize
      let first = page * PagedColumn.pageSize
      let count = self.count(ofPage: page)
      let end = min(range.upperBound, first + count)
      if value == first, end == first + count {
        try decodeIntegers(
          ofPage: page, in: file, what: what(), into: &output, at: value - range.lowerBound)
      } else {
        if scratch.isEmpty { scratch = [Int64](repeating: 0, count: PagedColumn.pageSize) }
        try decodeIntegers(ofPage: page, in: file, what: what(), into: &scratch, at: 0)
        for index in value..<end { output[index - range.lowerBound] = scratch[index - first] }
      }
      value = end
    }
  }

  /// Writes the values of one page to `output`, from `position` on.
  func decodeIntegers(
    ofPage page: Int, in file: FileBytes, what: @autoclosure () -> String,
    into output: inout [Int64], at position: Int
  ) throws(MartletError) {
    let block = try handle(ofPage: page).read(from: file, what: "\(what()), page \(page)")
    do throws(MartletError) {
      try IntegerPage.decode(
        block.bytes, count: count(ofPage: page), into: &output, at: position)
    } catch {
      var named = error
      if named.file == nil { named.file = file.name }
      throw named
    }
  }

  /// Appends the texts of one page.
  func decodeTexts(
    ofPage page: Int, in file: FileBytes, what: @autoclosure () -> String,
    into arena: inout [UInt8], ends: inout [Int]
  ) throws(MartletError) {
    let block = try handle(ofPage: page).read(from: file, what: "\(what()), page \(page)")
    do throws(MartletError) {
      try TextPage.decode(block.bytes, count: count(ofPage: page), into: &arena, ends: &ends)
    } catch {
      var named = error
      if named.file == nil { named.file = file.name }
      throw named
    }
  }

  /// Texts `range` of a column of texts: their bytes one after the other, and where each ends.
  package func texts(
    _ range: Range<Int>, in file: FileBytes, what: @autoclosure () -> String
  ) throws(MartletError) -> (arena: [UInt8], ends: [Int]) {
    precondition(range.upperBound <= valueCount)
    var (arena, ends): ([UInt8], [Int]) = ([], [])
    var value = range.lowerBound
    while value < range.upperBound {
      let page = value / PagedColumn.pageSize
      let first = page * PagedColumn.pageSize
      let count = self.count(ofPage: page)
      let end = min(range.upperBound, first + count)
      var (pageArena, pageEnds): ([UInt8], [Int]) = ([], [])
      try decodeTexts(
        ofPage: page, in: file, what: what(), into: &pageArena, ends: &pageEnds)
      let start = value == first ? 0 : pageEnds[value - first - 1]
      let base = arena.count - start
      arena.append(contentsOf: pageArena[start..<pageEnds[end - first - 1]])
      for index in value..<end { ends.append(base + pageEnds[index - first]) }
      value = end
    }
    return (arena, ends)
  }
}
