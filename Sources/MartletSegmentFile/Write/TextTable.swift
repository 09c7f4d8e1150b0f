import MartletEncoding

/// Distinct byte strings, numbered in order of first sight.
///
/// An open-addressing table with linear probing over one byte arena.
package struct TextTable: Sendable {
  package private(set) var arena: [UInt8] = []
  /// `ends[i]` is where text `i` ends in `arena`; it starts where the one before ends.
  package private(set) var ends: [Int] = []
  /// Upper half: the hash; lower half: text number + 1, or 0 for an empty slot. A power of two of
  /// them, at most 7/8 full.
  private var slots: [UInt64]

  package init() { slots = [UInt64](repeating: 0, count: 64) }

  package var count: Int { ends.count }

  package func range(of index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// The number of a text, where it is in the table.
  package func find(_ text: RawSpan) -> Int? {
    find(text, hash: TextTable.hash(text)).index
  }

  /// Where a text is, or else the free slot where it belongs.
  private func find(_ text: RawSpan, hash: UInt64) -> (index: Int?, slot: Int) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash >> 32) & mask
    while slots[slot] & 0xFFFF_FFFF != 0 {
      if slots[slot] >> 32 == hash >> 32 {
        let index = Int(slots[slot] & 0xFFFF_FFFF) - 1
        if ByteKernels.equal(arena.rawSpan.extracting(range(of: index)), text) {
          return (index, slot)
        }
      }
      slot = (slot + 1) & mask
    }
    return (nil, slot)
  }

  /// The hash of a text; its upper half is what slots keep.
  private static func hash(_ text: RawSpan) -> UInt64 { ByteKernels.hash(text) }

  /// The numbers of many texts; `UInt32.max` for those that are not in the table.
  ///
  /// Looks at all first slots before it compares any text: the processor then waits for many
  /// cache lines at once instead of one after the other.
  /// - Complexity: O(bytes of the texts)
  package func findAll(_ texts: [Range<Int>], in bytes: [UInt8]) -> [UInt32] {
    let mask = slots.count - 1
    var hashes: [UInt64] = []
    hashes.reserveCapacity(texts.count)
    for text in texts { hashes.append(TextTable.hash(bytes.rawSpan.extracting(text))) }
    var first: [UInt64] = []
    first.reserveCapacity(texts.count)
    for hash in hashes { first.append(slots[Int(truncatingIfNeeded: hash >> 32) & mask]) }
    var found: [UInt32] = []
    found.reserveCapacity(texts.count)
    for (position, text) in texts.enumerated() {
      let (entry, hash) = (first[position], hashes[position])
      let wanted = bytes.rawSpan.extracting(text)
      if entry & 0xFFFF_FFFF == 0 {
        found.append(.max)
      } else if entry >> 32 == hash >> 32,
        ByteKernels.equal(
          arena.rawSpan.extracting(range(of: Int(entry & 0xFFFF_FFFF) - 1)), wanted)
      {
        found.append(UInt32(truncatingIfNeeded: entry) - 1)
      } else {
        found.append(find(wanted, hash: hash).index.map { UInt32($0) } ?? .max)
      }
    }
    return found
  }

  /// The number of a text, which is added where it is new.
  /// - Complexity: O(bytes of the text), amortised.
  package mutating func intern(_ text: RawSpan) -> (index: Int, isNew: Bool) {
    let hash = TextTable.hash(text)
    let (found, slot) = find(text, hash: hash)
    if let found { return (found, false) }
    let index = ends.count
    for position in 0..<text.byteCount { arena.append(text.byte(at: position)) }
    ends.append(arena.count)
    slots[slot] = (hash & ~0xFFFF_FFFF) | UInt64(index + 1)
    if (ends.count + 1) * 8 > slots.count * 7 { grow() }
    return (index, true)
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 2)
    let mask = slots.count - 1
    for entry in old where entry & 0xFFFF_FFFF != 0 {
      var slot = Int(entry >> 32) & mask
      while slots[slot] & 0xFFFF_FFFF != 0 { slot = (slot + 1) & mask }
      slots[slot] = entry
    }
  }
}
