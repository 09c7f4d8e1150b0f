import MartletEncoding
import MartletFiles
package import MartletModel

/// The distinct texts of a property in one file, in byte order.
package final class TextDictionary: Sendable {
  package let arena: [UInt8]
  package let ends: [Int]
  private let fileName: String

  init(_ column: PagedColumn, in file: FileBytes) throws(MartletError) {
    fileName = file.name
    (arena, ends) = try column.texts(
      0..<column.valueCount, in: file, what: "a dictionary")
  }

  package var count: Int { ends.count }

  package func range(of index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// The first position whose text does not come before `text`.
  /// - Complexity: O(log texts)
  package func lowerBound(of text: RawSpan) -> Int {
    let arena = arena
    var (low, high) = (0, ends.count)
    while low < high {
      let middle = (low + high) / 2
      if ByteKernels.precedes(arena.rawSpan.extracting(range(of: middle)), text) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  package func position(of text: RawSpan) -> Int? {
    let arena = arena
    let position = lowerBound(of: text)
    guard position < ends.count,
      ByteKernels.equal(arena.rawSpan.extracting(range(of: position)), text)
    else { return nil }
    return position
  }

  package func text(at index: Int) throws(MartletError) -> Text {
    guard let text = Text(validating: arena[range(of: index)]) else {
      throw MartletError(
        .corrupt, file: fileName, "a stored text is not valid UTF-8", remedy: BlockHandle.remedy)
    }
    return text
  }
}
