extension BlockSource {
  var min: UInt32? {
    if count == 0 { return nil }
    return blocks[0].base | UInt32(Kernels.min(self, 0))
  }

  var max: UInt32? {
    let last = count - 1
    if last < 0 { return nil }
    return blocks[last].base | UInt32(Kernels.max(self, last))
  }

  @inline(__always)
  func contains(_ member: UInt32) -> Bool {
    guard let index = index(of: UInt16(truncatingIfNeeded: member >> 16)) else { return false }
    let low = UInt16(truncatingIfNeeded: member)
    return Kernels.contains(self, index, low)
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
        total &+= Kernels.rank(self, i, low)
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
        return block.base | UInt32(Kernels.select(self, i, rest))
      }
      rest &-= block.cardinality
    }
    return nil
  }

  func toArray() -> [UInt32] {
    [UInt32](reserving: cardinality) { out in
      for i in blocks.indices { Kernels.members(of: self, i, skipping: 0, to: &out) }
    }
  }
}
