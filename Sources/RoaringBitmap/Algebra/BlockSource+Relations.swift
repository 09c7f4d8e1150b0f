/// Relations that end at the first block that decides them.
extension BlockSource {
  @inline(__always)
  static func intersects(_ a: borrowing BlockSource, _ b: borrowing BlockSource) -> Bool {
    var i = 0
    var j = 0
    while advanceToCommonKey(a, &i, b, &j) {
      if Kernels.intersects(a, i, b, j) { return true }
      i &+= 1
      j &+= 1
    }
    return false
  }

  static func isSubset(_ a: borrowing BlockSource, of b: borrowing BlockSource) -> Bool {
    if a.count > b.count { return false }
    var j = 0
    for i in a.blocks.indices {
      let block = a.blocks[i]
      j = b.index(atLeast: block.key, from: j)
      if j == b.count || b.blocks[j].key != block.key { return false }
      if block.cardinality > b.blocks[j].cardinality { return false }
      let common = Kernels.intersectionCount(a, i, b, j)
      if common != block.cardinality { return false }
      j &+= 1
    }
    return true
  }

  static func areEqual(_ a: borrowing BlockSource, _ b: borrowing BlockSource) -> Bool {
    if a.count != b.count { return false }
    for i in a.blocks.indices {
      if a.blocks[i].key != b.blocks[i].key { return false }
      if !Kernels.areEqual(a, i, b, i) { return false }
    }
    return true
  }
}
