extension RoaringBitmap {
  /// Stores each block in its smallest form, runs where they are smaller than an array or a
  /// bitset, and gives unused room back.
  ///
  /// Worth it before serializing, and for sets with long stretches of consecutive members.
  ///
  /// - Complexity: O(*m*), the compressed size.
  public mutating func runOptimize() { self = source.smallest() }
}

extension BlockSource {
  /// The same members, each block in its smallest form.
  func smallest() -> RoaringBitmap {
    var wordCount = 0
    for i in blocks.indices {
      // A run block may become an array or a bitset: as large as those can be at most.
      let plain = Swift.min(2 &* blocks[i].cardinality, Format.bitsetByteCount)
      wordCount &+= (Swift.max(blocks[i].byteCount, plain) &+ 7) / 8
    }
    return RoaringBitmap(blockCount: count, wordCount: wordCount) { headers, words in
      for i in blocks.indices { Kernels.copySmallest(self, i, to: &headers, &words) }
    }
  }
}
