/// Union, symmetric difference and subtraction: a merge of two ascending lists of blocks.
extension BlockSource {
  /// The result of `operation`, which must not be an intersection.
  ///
  /// - Complexity: O(*a* + *b*), the compressed sizes.
  static func merging(
    _ a: borrowing BlockSource, _ b: borrowing BlockSource, _ operation: SetOperation
  ) -> RoaringBitmap {
    let keepsRight = operation != .subtraction
    let bound = mergeBound(a, b, operation)
    return RoaringBitmap(blockCount: bound.blocks, wordCount: bound.words) { blocks, words in
      var i = 0
      var j = 0
      while i < a.count && j < b.count {
        let x = a.blocks.key(i)
        let y = b.blocks.key(j)
        if x < y {
          Kernels.copy(a, i, to: &blocks, &words)
          i &+= 1
        } else if y < x {
          if keepsRight { Kernels.copy(b, j, to: &blocks, &words) }
          j &+= 1
        } else {
          let bound = Kernels.bound(a.blocks[i], b.blocks[j], operation)
          Kernels.combine(a, i, b, j, bound: bound, operation, to: &blocks, &words)
          i &+= 1
          j &+= 1
        }
      }
      while i < a.count {
        Kernels.copy(a, i, to: &blocks, &words)
        i &+= 1
      }
      while keepsRight && j < b.count {
        Kernels.copy(b, j, to: &blocks, &words)
        j &+= 1
      }
    }
  }

  @inline(__always)
  private static func copyWords(_ block: Block) -> Int { (Kernels.copyBound(block) &+ 7) / 8 }

  /// The most blocks and payload words that the result can have.
  private static func mergeBound(
    _ a: borrowing BlockSource, _ b: borrowing BlockSource, _ operation: SetOperation
  ) -> (blocks: Int, words: Int) {
    let keepsRight = operation != .subtraction
    var blocks = 0
    var words = 0
    var i = 0
    var j = 0
    while i < a.count && j < b.count {
      let x = a.blocks[i]
      let y = b.blocks[j]
      if x.key < y.key {
        words &+= copyWords(x)
        blocks &+= 1
        i &+= 1
      } else if y.key < x.key {
        if keepsRight {
          words &+= copyWords(y)
          blocks &+= 1
        }
        j &+= 1
      } else {
        words &+= (Kernels.bound(x, y, operation) &+ 7) / 8
        blocks &+= 1
        i &+= 1
        j &+= 1
      }
    }
    while i < a.count {
      words &+= copyWords(a.blocks[i])
      blocks &+= 1
      i &+= 1
    }
    while keepsRight && j < b.count {
      words &+= copyWords(b.blocks[j])
      blocks &+= 1
      j &+= 1
    }
    return (blocks, words)
  }
}
