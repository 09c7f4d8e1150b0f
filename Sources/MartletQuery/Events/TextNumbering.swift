import MartletEncoding
import MartletModel
import MartletSegmentFile
import Synchronization

/// One number for each distinct text of a property, across files.
final class TextNumbering: Sendable {
  private let table = Mutex(TextTable())
  /// By file number: the number of each dictionary position.
  private let dictionaries: [Int: [Int64]]

  /// Numbers the dictionaries of the files that have the property.
  /// - Complexity: O(texts)
  init(of name: Text, in parts: [RunPart]) throws(MartletError) {
    var table = TextTable()
    var dictionaries: [Int: [Int64]] = [:]
    for part in parts where dictionaries[part.fileNumber] == nil {
      guard let property = part.file.propertyIndex(of: name) else { continue }
      let dictionary = try part.file.dictionary(ofProperty: property)
      let arena = dictionary.arena
      var numbers: [Int64] = []
      for position in 0..<dictionary.count {
        let text = arena.rawSpan.extracting(dictionary.range(of: position))
        numbers.append(Int64(table.intern(text).index))
      }
      dictionaries[part.fileNumber] = numbers
    }
    self.dictionaries = dictionaries
    let numbered = table
    self.table.withLock { $0 = numbered }
  }

  /// The numbers of a file's dictionary positions.
  func numbers(ofFile fileNumber: Int) -> [Int64] { dictionaries[fileNumber] ?? [] }

  /// The number of a text that stands in no dictionary.
  func number(of text: [UInt8]) -> Int64 {
    table.withLock { Int64($0.intern(text.rawSpan).index) }
  }

  /// The numbers of texts that lie one after the other.
  func numbers(arena: [UInt8], ends: [Int]) -> [Int64] {
    table.withLock { table in
      var start = 0
      return ends.map { end in
        defer { start = end }
        return Int64(table.intern(arena.rawSpan.extracting(start..<end)).index)
      }
    }
  }
}
