import CMartletKernels

/// Members in batches.
extension BlockSource {
  /// Up to `limit` members from the one with `skip` smaller ones in block `index` on; moves both
  /// forward. Empty at the end.
  func batch(upTo limit: Int, from index: inout Int, _ skip: inout Int) -> [UInt32] {
    if index == count { return [] }
    return [UInt32](capacity: limit) { out in
      while index < count && out.freeCapacity > 0 {
        let before = out.count
        Kernels.members(of: self, index, skipping: skip, to: &out)
        skip &+= out.count &- before
        if skip < blocks[index].cardinality && out.freeCapacity == 0 { return }
        index &+= 1
        skip = 0
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
  func place(atLeast value: UInt32) -> (block: Int, skip: Int) {
    let key = UInt16(truncatingIfNeeded: value >> 16)
    let low = UInt16(truncatingIfNeeded: value)
    let index = index(atLeast: key, from: 0)
    if index == count || blocks[index].key != key || low == 0 { return (index, 0) }
    let skip = unsafe Kernels.read(self, index) { unsafe Int(mk_block_rank($0, low &- 1)) }
    return skip == blocks[index].cardinality ? (index &+ 1, 0) : (index, skip)
  }
}
