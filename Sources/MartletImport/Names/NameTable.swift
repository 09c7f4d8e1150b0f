import MartletModel

/// Byte strings and their numbers: event types, property names.
///
/// A number means the same until `removeAll`. Beside it, each name has a number in the batch under
/// construction, given in the order in which rows use the names, so that a batch depends only on
/// its own rows and not on what the decoder saw before.
struct NameTable: ~Copyable {
  struct Entry {
    var hash: UInt64
    var offset: Int
    var count: Int
    var batchStamp: UInt64 = 0
    var batchIndex: UInt32 = 0
  }

  private var bytes = ByteBuffer(capacity: 4096)
  private var entries = PlainArray<Entry>()
  private var texts: [Text] = []
  /// Numbers by hash, `UInt32.max` where free; the count is a power of two.
  private var slots = [UInt32](repeating: .max, count: 256)
  private let seed: UInt64
  private var batchStamp: UInt64 = 0

  init(seed: UInt64) { self.seed = seed }

  var count: Int { entries.count }

  /// The name's text.
  func text(of name: UInt32) -> Text { texts[Int(name)] }

  /// Starts a new batch: no name has a number in it yet.
  mutating func startBatch() { batchStamp += 1 }

  /// Forgets all names.
  mutating func removeAll() {
    bytes.setCount(0)
    entries.truncate(to: 0)
    texts.removeAll()
    slots = [UInt32](repeating: .max, count: 256)
  }

  /// The number of the name that lies at a place in `source`; new names get the next number.
  /// - Precondition: the bytes are valid UTF-8.
  mutating func intern(_ source: ByteWindow, at offset: Int, count: Int) -> UInt32 {
    let hash = source.hash(at: offset, count: count, seed: seed)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    let own = bytes.window
    while slots[slot] != .max {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, entry.count == count,
        source.matches(count, at: offset, own, at: entry.offset)
      {
        return slots[slot]
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return insert(source, at: offset, count: count, hash: hash)
  }

  @inline(never)
  private mutating func insert(
    _ source: ByteWindow, at offset: Int, count: Int, hash: UInt64
  ) -> UInt32 {
    let name = UInt32(entries.count)
    guard let text = Text(validating: source.bytes(offset..<offset + count)) else {
      preconditionFailure("names are validated before they are interned")
    }
    entries.append(Entry(hash: hash, offset: bytes.count, count: count))
    bytes.append(source, offset..<offset + count)
    texts.append(text)
    if 2 * entries.count > slots.count {
      slots = [UInt32](repeating: .max, count: 2 * slots.count)
      for index in 0..<entries.count { place(UInt32(index)) }
    } else {
      place(name)
    }
    return name
  }

  private mutating func place(_ name: UInt32) {
    var slot = Int(truncatingIfNeeded: entries[Int(name)].hash) & (slots.count - 1)
    while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = name
  }

  /// The name's number in the batch; appends it to `list` on first use.
  @inline(__always)
  mutating func batchIndex(of name: UInt32, in list: inout [Text]) -> UInt32 {
    let entry = entries[Int(name)]
    if entry.batchStamp == batchStamp { return entry.batchIndex }
    return assignBatchIndex(to: name, in: &list)
  }

  @inline(never)
  private mutating func assignBatchIndex(to name: UInt32, in list: inout [Text]) -> UInt32 {
    entries[Int(name)].batchStamp = batchStamp
    entries[Int(name)].batchIndex = UInt32(list.count)
    list.append(texts[Int(name)])
    return entries[Int(name)].batchIndex
  }
}
