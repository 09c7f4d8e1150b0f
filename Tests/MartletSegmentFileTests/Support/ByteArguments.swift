import MartletEncoding
import MartletModel

@testable import MartletSegmentFile

// Spans cannot be arguments inside of `#expect`; arrays can.

extension TextTable {
  func find(_ text: [UInt8]) -> Int? { find(text.rawSpan) }

  mutating func intern(_ text: [UInt8]) -> (index: Int, isNew: Bool) { intern(text.rawSpan) }
}

extension TextDictionary {
  func position(of text: Text) -> Int? { position(of: Array(text.utf8).rawSpan) }

  func lowerBound(of text: Text) -> Int { lowerBound(of: Array(text.utf8).rawSpan) }
}

extension InsertIDTable {
  func contains(_ key: InsertIDKey, _ id: [UInt8], arena: [UInt8]) -> Bool {
    contains(key, insertID: id.rawSpan, arena: arena)
  }
}

extension SegmentFileBuffer {
  func holds(_ key: InsertIDKey, _ id: Text) -> Bool {
    holds(key, insertID: Array(id.utf8).rawSpan)
  }
}

extension Run {
  func holds(
    _ id: Text, lyingUnder user: UInt32, sentAs sender: UInt32
  ) throws(MartletError) -> Bool {
    let bytes = Array(id.utf8)
    let wanted = Wanted(user: user, sender: sender, insertID: bytes.indices)
    return try held([wanted], in: bytes) == [0]
  }

  func holds(_ id: Text, ofUser user: UInt32) throws(MartletError) -> Bool {
    try holds(id, lyingUnder: user, sentAs: user)
  }
}
