import MartletEncoding
package import MartletModel

/// What an insert id is unique within, and the fingerprint of all three.
package struct InsertIDKey: Hashable, Sendable {
  /// The ordinal of the user id as sent.
  package var user: UInt32
  package var eventType: Text
  /// Equal keys have equal fingerprints on every machine.
  package var fingerprint: UInt64

  package init(user: UInt32, eventType: Text, insertID: RawSpan) {
    (self.user, self.eventType) = (user, eventType)
    fingerprint = InsertIDKey.fingerprint(
      user: user, typeHash: InsertIDKey.hash(ofType: eventType), insertID: insertID)
  }

  /// What the fingerprints of an event type's insert ids begin with.
  static func hash(ofType eventType: Text) -> UInt64 {
    ByteKernels.hash(Array(eventType.utf8).rawSpan)
  }

  static func fingerprint(user: UInt32, typeHash: UInt64, insertID: RawSpan) -> UInt64 {
    let seed = ByteKernels.fold(UInt64(user), typeHash)
    return ByteKernels.hash(insertID, seed: seed)
  }
}

/// The insert ids of one buffer; fingerprints find candidates, only equal bytes decide.
struct InsertIDTable {
  private struct Entry {
    var key: InsertIDKey
    var range: Range<Int>
  }

  private var entries: [Entry] = []
  /// Entry number + 1, or 0 for an empty slot.
  private var slots = [UInt32](repeating: 0, count: 64)

  var byteCount: Int { entries.count * MemoryLayout<Entry>.stride + slots.count * 4 }

  func contains(_ key: InsertIDKey, insertID: RawSpan, arena: [UInt8]) -> Bool {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: key.fingerprint) & mask
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.key == key,
        ByteKernels.equal(arena.rawSpan.extracting(entry.range), insertID)
      {
        return true
      }
      slot = (slot + 1) & mask
    }
    return false
  }

  mutating func insert(_ key: InsertIDKey, range: Range<Int>) {
    entries.append(Entry(key: key, range: range))
    if entries.count * 8 > slots.count * 6 {
      slots = [UInt32](repeating: 0, count: slots.count * 2)
      for index in entries.indices { place(index) }
    } else {
      place(entries.count - 1)
    }
  }

  private mutating func place(_ index: Int) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: entries[index].key.fingerprint) & mask
    while slots[slot] != 0 { slot = (slot + 1) & mask }
    slots[slot] = UInt32(index + 1)
  }

  var fingerprints: [UInt64] { entries.map(\.key.fingerprint) }
}
