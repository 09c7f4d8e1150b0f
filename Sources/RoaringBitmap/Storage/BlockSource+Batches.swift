/// A place among the members: a block, and how many of its members come before.
struct BlockPlace: Sendable {
  var block = 0
  var skip = 0
}

/// Members in batches.
extension BlockSource {
  /// How many members of a small set need no buffer from the heap.
  static var fewMembers: Int { 16 }

  /// Writes as many members as fit, from `place` on, which moves forward. Returns how many; 0 at
  /// the end.
  func batch(into out: inout MutableSpan<UInt32>, from place: inout BlockPlace) -> Int {
    var filled = 0
    var block = place.block
    var skip = place.skip
    while block < count && filled < out.count {
      let written = Kernels.members(of: self, block, skipping: skip, to: &out, at: filled)
      filled &+= written
      skip &+= written
      if filled == out.count && skip < blocks[block].cardinality { break }
      block &+= 1
      skip = 0
    }
    place = BlockPlace(block: block, skip: skip)
    return filled
  }

  /// The number of members, if there are no more than `limit`; `limit` otherwise.
  func cardinality(upTo limit: Int) -> Int {
    var total = 0
    var block = 0
    while block < count && total < limit {
      total &+= blocks[block].cardinality
      block &+= 1
    }
    return Swift.min(total, limit)
  }

  /// Calls `body` with batches of ascending members, together all of them.
  @inline(__always)
  func forEachBatch(_ body: (Span<UInt32>) throws -> Void) rethrows {
    var place = BlockPlace()
    let room = cardinality(upTo: 4_096)
    if room <= Self.fewMembers {
      var few = InlineArray<16, UInt32>(repeating: 0)
      var span = few.mutableSpan
      let filled = batch(into: &span, from: &place)
      if filled > 0 { try body(few.span.extracting(0..<filled)) }
      return
    }
    var buffer = [UInt32](repeating: 0, count: room)
    while true {
      var span = buffer.mutableSpan
      let filled = batch(into: &span, from: &place)
      if filled == 0 { return }
      try body(buffer.span.extracting(0..<filled))
    }
  }

  func fill(_ out: inout OutputSpan<UInt32>, from position: Int) -> Int {
    var rest = position
    var index = 0
    while index < count && rest >= blocks[index].cardinality {
      rest &-= blocks[index].cardinality
      index &+= 1
    }
    let before = out.count
    while index < count && out.freeCapacity > 0 {
      Kernels.members(of: self, index, skipping: rest, to: &out)
      index &+= 1
      rest = 0
    }
    return position &+ out.count &- before
  }

  /// Where the first member at or after `value` is: its block, and how many smaller ones that
  /// block has.
  func place(atLeast value: UInt32) -> BlockPlace {
    let key = UInt16(truncatingIfNeeded: value >> 16)
    let low = UInt16(truncatingIfNeeded: value)
    let index = index(atLeast: key, from: 0)
    if index == count || blocks[index].key != key || low == 0 {
      return BlockPlace(block: index, skip: 0)
    }
    let skip = Kernels.rank(self, index, low &- 1)
    if skip == blocks[index].cardinality { return BlockPlace(block: index &+ 1, skip: 0) }
    return BlockPlace(block: index, skip: skip)
  }
}
