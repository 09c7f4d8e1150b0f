/// A place among the members: a block, and how many of its members come before.
struct BlockPlace: Sendable {
  var block = 0
  var skip = 0
}

/// Members in batches.
extension BlockSource {
  /// Up to `limit` members from `place` on, which moves forward. Empty at the end.
  func batch(upTo limit: Int, from place: inout BlockPlace) -> [UInt32] {
    var room = 0
    var block = place.block
    while block < count && room < limit {
      room &+= blocks[block].cardinality
      block &+= 1
    }
    room = Swift.min(room &- place.skip, limit)
    if room <= 0 { return [] }
    return [UInt32](capacity: room) { out in
      while place.block < count && out.freeCapacity > 0 {
        let before = out.count
        Kernels.members(of: self, place.block, skipping: place.skip, to: &out)
        place.skip &+= out.count &- before
        if place.skip < blocks[place.block].cardinality && out.freeCapacity == 0 { return }
        place.block &+= 1
        place.skip = 0
      }
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
