import MartletEncoding

/// The texts of one property, ready to be referred to by the columns of all runs.
struct EncodedTexts: Sendable {
  let arena: [UInt8]
  let ends: [Int]
  /// Position in the sorted dictionary of each text; empty where texts are written out.
  let ranks: [UInt32]
  /// Texts in sorted order.
  let sorted: [UInt32]
  /// Whether columns write the texts out, because nearly every value is another.
  let isPlain: Bool

  private static let plainValueCountMin = 256

  init(_ property: SegmentFileBuffer.Property) {
    let table = property.texts
    (arena, ends) = (table.arena, table.ends)
    isPlain = EncodedTexts.prefersPlain(
      distinctCount: table.count, valueCount: property.textValueCount)
    (ranks, sorted) = isPlain ? ([], []) : EncodedTexts.ranks(table)
  }

  /// All of a table's texts, for a dictionary.
  init(sorting table: TextTable) {
    (arena, ends) = (table.arena, table.ends)
    isPlain = false
    (ranks, sorted) = EncodedTexts.ranks(table)
  }

  private static func ranks(_ table: TextTable) -> (ranks: [UInt32], sorted: [UInt32]) {
    let order = EncodedTexts.sort(arena: table.arena, ends: table.ends)
    var ranks = [UInt32](repeating: 0, count: order.count)
    for (rank, text) in order.enumerated() { ranks[Int(text)] = UInt32(rank) }
    return (ranks, order)
  }

  /// Whether a dictionary of so many texts would cost more than it saves.
  static func prefersPlain(distinctCount: Int, valueCount: Int) -> Bool {
    valueCount >= plainValueCountMin && distinctCount * 2 > valueCount
  }

  func range(of text: Int) -> Range<Int> { (text == 0 ? 0 : ends[text - 1])..<ends[text] }

  /// Text numbers in the order of their bytes. Eight bytes behind the prefix that all share decide
  /// nearly every comparison without touching the texts.
  private static func sort(arena: [UInt8], ends: [Int]) -> [UInt32] {
    func range(_ text: Int) -> Range<Int> { (text == 0 ? 0 : ends[text - 1])..<ends[text] }
    guard let first = ends.indices.first else { return [] }
    var shared = range(first).count
    for text in ends.indices.dropFirst() {
      let bytes = range(text)
      shared = min(shared, bytes.count)
      var matched = 0
      while matched < shared, arena[bytes.lowerBound + matched] == arena[matched] { matched += 1 }
      shared = matched
    }
    var keyed: [(key: UInt64, text: UInt32)] = []
    keyed.reserveCapacity(ends.count)
    for text in ends.indices {
      let bytes = range(text).dropFirst(shared)
      var key: UInt64 = 0
      for position in 0..<8 {
        let byte = position < bytes.count ? arena[bytes.lowerBound + position] : 0
        key = key << 8 | UInt64(byte)
      }
      keyed.append((key, UInt32(text)))
    }
    keyed.sort { left, right in
      if left.key != right.key { return left.key < right.key }
      return ByteKernels.precedes(
        arena.rawSpan.extracting(range(Int(left.text))),
        arena.rawSpan.extracting(range(Int(right.text))))
    }
    return keyed.map(\.text)
  }
}
