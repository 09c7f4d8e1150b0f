import MartletEncoding

/// The texts of a property in the merged file.
final class MergedDictionary: Sendable {
  let table: TextTable
  let encoded: EncodedTexts

  init(_ texts: TextTable) {
    table = texts
    encoded = EncodedTexts(sorting: texts)
  }

  /// The place of each text of a file's dictionary; `UInt32.max` for those that are not there.
  func ranks(of dictionary: TextDictionary) -> [UInt32] {
    let arena = dictionary.arena
    return (0..<dictionary.count).map { index in
      let found = table.find(arena.rawSpan.extracting(dictionary.range(of: index)))
      return found.map { encoded.ranks[$0] } ?? .max
    }
  }
}
