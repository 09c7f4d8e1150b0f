import CMartletKernels

extension BlockSource {
  var min: UInt32? {
    if count == 0 { return nil }
    return unsafe blocks[0].base | UInt32(Kernels.read(self, 0) { unsafe mk_block_min($0) })
  }

  var max: UInt32? {
    let last = count - 1
    if last < 0 { return nil }
    return unsafe blocks[last].base | UInt32(Kernels.read(self, last) { unsafe mk_block_max($0) })
  }

  func contains(_ member: UInt32) -> Bool {
    guard let index = index(of: UInt16(truncatingIfNeeded: member >> 16)) else { return false }
    let low = UInt16(truncatingIfNeeded: member)
    return unsafe Kernels.read(self, index) { unsafe mk_block_contains($0, low) }
  }

  func rank(_ value: UInt32) -> Int {
    let key = UInt16(truncatingIfNeeded: value >> 16)
    var total = 0
    for i in blocks.indices {
      let block = blocks[i]
      if block.key < key {
        total &+= block.cardinality
        continue
      }
      if block.key == key {
        let low = UInt16(truncatingIfNeeded: value)
        total &+= unsafe Kernels.read(self, i) { unsafe Int(mk_block_rank($0, low)) }
      }
      break
    }
    return total
  }

  func select(_ index: Int) -> UInt32? {
    if index < 0 { return nil }
    var rest = index
    for i in blocks.indices {
      let block = blocks[i]
      if rest < block.cardinality {
        let wanted = UInt32(truncatingIfNeeded: rest)
        return unsafe block.base
          | UInt32(Kernels.read(self, i) { unsafe mk_block_select($0, wanted) })
      }
      rest &-= block.cardinality
    }
    return nil
  }

  func toArray() -> [UInt32] {
    [UInt32](capacity: cardinality) { out in
      for i in blocks.indices { Kernels.members(of: self, i, skipping: 0, to: &out) }
    }
  }
}
