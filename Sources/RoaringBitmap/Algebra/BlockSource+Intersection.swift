/// Intersection: only blocks with a common key can meet.
extension BlockSource {
  /// - Complexity: O(*k* log *n* + *m*): *k* common keys among *n*, compressed size *m* of their
  ///   blocks.
  static func intersection(
    _ a: borrowing BlockSource, _ b: borrowing BlockSource
  ) -> RoaringBitmap {
    var commonCount = 0
    var wordCount = 0
    forEachCommonKey(a, b) { i, j in
      commonCount &+= 1
      wordCount &+= (Kernels.bound(a.blocks[i], b.blocks[j], .intersection) &+ 7) / 8
    }
    if commonCount == 0 { return RoaringBitmap() }
    return RoaringBitmap(blockCount: commonCount, wordCount: wordCount) { blocks, words in
      forEachCommonKey(a, b) { i, j in
        let bound = Kernels.bound(a.blocks[i], b.blocks[j], .intersection)
        Kernels.combine(a, i, b, j, bound: bound, .intersection, to: &blocks, &words)
      }
    }
  }

  /// Members in both, without building the result.
  @inline(__always)
  static func intersectionCount(
    _ a: borrowing BlockSource, _ b: borrowing BlockSource
  ) -> Int {
    var total = 0
    forEachCommonKey(a, b) { i, j in
      total &+= Kernels.intersectionCount(a, i, b, j)
    }
    return total
  }

  @inline(__always)
  static func forEachCommonKey(
    _ a: borrowing BlockSource, _ b: borrowing BlockSource, _ body: (Int, Int) -> Void
  ) {
    var i = 0
    var j = 0
    while advanceToCommonKey(a, &i, b, &j) {
      body(i, j)
      i &+= 1
      j &+= 1
    }
  }

  /// Moves both indices on to the next key that both sources have; false if there is none.
  ///
  /// Where one source is much longer, it is searched in leaps.
  @inline(__always)
  static func advanceToCommonKey(
    _ a: borrowing BlockSource, _ i: inout Int, _ b: borrowing BlockSource, _ j: inout Int
  ) -> Bool {
    if a.count &>> 4 > b.count { return leapToCommonKey(b, &j, a, &i) }
    if b.count &>> 4 > a.count { return leapToCommonKey(a, &i, b, &j) }
    return BlockList.advanceToCommonKey(a.blocks, &i, b.blocks, &j)
  }

  /// As `advanceToCommonKey`, key by key through the `few`.
  @inline(never)
  private static func leapToCommonKey(
    _ few: borrowing BlockSource, _ i: inout Int, _ many: borrowing BlockSource, _ j: inout Int
  ) -> Bool {
    while i < few.count {
      let key = few.blocks.key(i)
      j = many.index(atLeast: key, from: j)
      if j == many.count { return false }
      if many.blocks.key(j) == key { return true }
      i &+= 1
    }
    return false
  }
}
