/// Blocks to read, of a bitmap in memory or of a view over portable bytes: every read-only
/// operation is written once, over this.
struct BlockSource: ~Escapable {
  let blocks: Span<Block>
  let bytes: RawSpan

  @_lifetime(copy blocks, copy bytes)
  init(blocks: Span<Block>, bytes: RawSpan) {
    self.blocks = blocks
    self.bytes = bytes
  }

  var count: Int { blocks.count }

  /// Number of members in all blocks.
  var cardinality: Int {
    var total = 0
    for i in blocks.indices { total &+= blocks[i].cardinality }
    return total
  }

  /// The first index at or after `start` whose key is at least `key`.
  ///
  /// Doubling steps, then halving, so that two sources of very different length meet in
  /// logarithmic time.
  func index(atLeast key: UInt16, from start: Int) -> Int {
    let count = blocks.count
    if start >= count || blocks[start].key >= key { return start }
    var step = 1
    while start &+ step < count && blocks[start &+ step].key < key { step &*= 2 }
    var low = start &+ step / 2
    var high = Swift.min(start &+ step, count)
    while low &+ 1 < high {
      let middle = (low &+ high) / 2
      if blocks[middle].key < key { low = middle } else { high = middle }
    }
    return high
  }

  /// The index of the block with this key.
  func index(of key: UInt16) -> Int? {
    var low = 0
    var count = blocks.count
    while count > 0 {
      let half = count / 2
      if blocks[low &+ half].key < key {
        low &+= half &+ 1
        count &-= half &+ 1
      } else {
        count = half
      }
    }
    return low < blocks.count && blocks[low].key == key ? low : nil
  }
}
