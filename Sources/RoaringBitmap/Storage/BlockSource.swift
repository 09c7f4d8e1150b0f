/// Headers of blocks, ascending by key.
struct BlockList: ~Escapable {
  private let headers: Span<UInt64>
  let count: Int

  /// The first `count` headers of `words`.
  @_lifetime(copy words)
  @inline(__always)
  init(_ words: Span<UInt64>, count: Int) {
    precondition(Block.headerWordCount &* count <= words.count, "headers lie in their buffer")
    headers = words
    self.count = count
  }

  var indices: Range<Int> { 0..<count }

  subscript(index: Int) -> Block {
    @inline(__always)
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no such block")
      let word = Block.headerWordCount &* index
      // Safe: the index was checked just above, and `init` checked that so many headers are there.
      return unsafe Block(word0: headers[unchecked: word], word1: headers[unchecked: word &+ 1])
    }
  }

  @inline(__always)
  func key(_ index: Int) -> UInt16 {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no such block")
    // Safe: as above.
    return unsafe UInt16(
      truncatingIfNeeded: headers[unchecked: Block.headerWordCount &* index])
  }

  /// Moves both indices on to the next key that both lists have; false if there is none.
  @inline(__always)
  static func advanceToCommonKey(
    _ a: borrowing BlockList, _ i: inout Int, _ b: borrowing BlockList, _ j: inout Int
  ) -> Bool {
    precondition(i >= 0 && j >= 0, "no such block")
    while i < a.count && j < b.count {
      // Safe: both indices were at least 0 at first, only grow, and are below the counts.
      let x = unsafe UInt16(truncatingIfNeeded: a.headers[unchecked: Block.headerWordCount &* i])
      let y = unsafe UInt16(truncatingIfNeeded: b.headers[unchecked: Block.headerWordCount &* j])
      if x == y { return true }
      if x < y { i &+= 1 } else { j &+= 1 }
    }
    return false
  }
}

/// Blocks to read, of a bitmap in memory or of a view over portable bytes: every read-only
/// operation is written once, over this.
struct BlockSource: ~Escapable {
  let blocks: BlockList
  let bytes: RawSpan

  @_lifetime(copy blocks, copy bytes)
  init(blocks: BlockList, bytes: RawSpan) {
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
    if start >= count || blocks.key(start) >= key { return start }
    var step = 1
    while start &+ step < count && blocks.key(start &+ step) < key { step &*= 2 }
    var low = start &+ step / 2
    var high = Swift.min(start &+ step, count)
    while low &+ 1 < high {
      let middle = (low &+ high) / 2
      if blocks.key(middle) < key { low = middle } else { high = middle }
    }
    return high
  }

  /// The index of the block with this key.
  @inline(__always)
  func index(of key: UInt16) -> Int? {
    var low = 0
    var rest = blocks.count
    while rest > 0 {
      let half = rest &>> 1
      if blocks.key(low &+ half) < key {
        low &+= half &+ 1
        rest &-= half &+ 1
      } else {
        rest = half
      }
    }
    return low < blocks.count && blocks.key(low) == key ? low : nil
  }
}
