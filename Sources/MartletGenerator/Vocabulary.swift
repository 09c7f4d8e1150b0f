import MartletModel

/// Texts that many rows share: they stand once at the head of each batch's bytes.
struct Vocabulary {
  private(set) var bytes: [UInt8] = []

  /// Adds texts and gives the payloads of the cells that hold them.
  mutating func add(_ texts: [String]) -> [Int64] {
    texts.map { text in
      let offset = bytes.count
      bytes.append(contentsOf: text.utf8)
      return Vocabulary.payload(offset: offset, count: bytes.count - offset)
    }
  }

  /// The payload of a text cell: `offset << 32 | count`.
  static func payload(offset: Int, count: Int) -> Int64 { Int64(offset) << 32 | Int64(count) }
}
