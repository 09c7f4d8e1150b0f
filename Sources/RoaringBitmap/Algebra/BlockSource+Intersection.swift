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
    while i < a.count && j < b.count {
      let x = a.blocks.key(i)
      let y = b.blocks.key(j)
      if x == y {
        body(i, j)
        i &+= 1
        j &+= 1
      } else if x < y {
        i = a.index(atLeast: y, from: i &+ 1)
      } else {
        j = b.index(atLeast: x, from: j &+ 1)
      }
    }
  }
}
