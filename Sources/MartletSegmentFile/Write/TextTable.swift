import MartletEncoding

/// Distinct byte strings, numbered in order of first sight.
///
/// An open-addressing table with linear probing over one byte arena.
package struct TextTable: Sendable {
  package private(set) var arena: [UInt8] = []
  /// `ends[i]` is where text `i` ends in `arena`; it starts where the one before ends.
  package private(set) var ends: [Int] = []
  /// Text number + 1, or 0 for an empty slot; a power of two of them, at most 7/8 full.
  private var slots: [UInt32]
  private var hashes: [UInt32] = []

  package init() { slots = [UInt32](repeating: 0, count: 64) }

  /// A table of texts that are known to be distinct, in their order.
  package init(distinct arena: [UInt8], ends: [Int]) {
    slots = [UInt32](repeating: 0, count: TextTable.slotCount(for: ends.count))
    (self.arena, self.ends) = (arena, ends)
    hashes.reserveCapacity(ends.count)
    for index in ends.indices {
      let hash = UInt32(truncatingIfNeeded: ByteKernels.hash(arena.rawSpan.extracting(range(of: index))))
      hashes.append(hash)
      place(UInt32(index), hash: hash)
    }
  }

  package var count: Int { ends.count }

  /// Bytes that the table holds on to.
  package var byteCount: Int { arena.count + ends.count * 12 + slots.count * 4 }

  package func range(of index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// The number of a text, where it is in the table.
  package func find(_ text: RawSpan) -> Int? {
    let hash = UInt32(truncatingIfNeeded: ByteKernels.hash(text))
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if hashes[index] == hash,
        ByteKernels.equal(arena.rawSpan.extracting(range(of: index)), text)
      {
        return index
      }
      slot = (slot + 1) & mask
    }
    return nil
  }

  /// The number of a text, which is added where it is new.
  /// - Complexity: O(bytes of the text), amortised.
  package mutating func intern(_ text: RawSpan) -> (index: Int, isNew: Bool) {
    let hash = UInt32(truncatingIfNeeded: ByteKernels.hash(text))
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if hashes[index] == hash,
        ByteKernels.equal(arena.rawSpan.extracting(range(of: index)), text)
      {
        return (index, false)
      }
      slot = (slot + 1) & mask
    }
    let index = ends.count
    for position in 0..<text.byteCount {
      arena.append(text.byte(at: position))
    }
    ends.append(arena.count)
    hashes.append(hash)
    slots[slot] = UInt32(index + 1)
    if (ends.count + 1) * 8 > slots.count * 7 { grow() }
    return (index, true)
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for index in hashes.indices { place(UInt32(index), hash: hashes[index]) }
  }

  private mutating func place(_ index: UInt32, hash: UInt32) {
    let mask = slots.count - 1
    var slot = Int(hash) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = index + 1
  }

  private static func slotCount(for count: Int) -> Int {
    var slots = 64
    while (count + 1) * 8 > slots * 7 { slots *= 2 }
    return slots
  }
}
