import MartletEncoding
import MartletLanguage
import MartletModel
import MartletSegmentFile
import Synchronization

/// Which texts of a dictionary pass a test.
enum DictionaryMatch: Sendable {
  /// Positions, ascending; few.
  case positions([Int64])
  /// One flag a position.
  case table([Bool])

  init(_ test: ValueTest, _ dictionary: TextDictionary) {
    let textTest = TextTest(test)
    if let texts = textTest.onlyTexts {
      let found = texts.compactMap { dictionary.position(of: $0.rawSpan) }
      self = .positions(Set(found).sorted().map(Int64.init))
      return
    }
    let arena = dictionary.arena
    var table: [Bool] = []
    table.reserveCapacity(dictionary.count)
    for position in 0..<dictionary.count {
      table.append(textTest.accepts(arena.rawSpan.extracting(dictionary.range(of: position))))
    }
    self = .table(table)
  }
}

/// Matches by file, property and test: each dictionary is tested once a question.
final class DictionaryMatches: Sendable {
  private struct Key: Hashable {
    let file: ObjectIdentifier
    let property: Int
    let test: ValueTest
  }

  private let matches = Mutex<[Key: DictionaryMatch]>([:])

  func match(
    _ test: ValueTest, property: Int, of file: SegmentFile
  ) throws(MartletError) -> DictionaryMatch {
    let key = Key(file: ObjectIdentifier(file), property: property, test: test)
    if let match = matches.withLock({ $0[key] }) { return match }
    let match = DictionaryMatch(test, try file.dictionary(ofProperty: property))
    matches.withLock { $0[key] = match }
    return match
  }
}
