/// Block by block access, for callers that work 65,536 ordinals at a time. A block is named by its
/// key, the high 16 bits of its members.
extension RoaringReadable where Self: ~Escapable {
  /// The keys of the blocks that have members, ascending.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  public var keys: [UInt16] {
    let source = readableBlocks.source
    return [UInt16](reserving: source.count) { keys in
      for i in source.blocks.indices { keys.append(source.blocks[i].key) }
    }
  }

  /// Number of members in the block.
  ///
  /// - Complexity: O(log *b*), *b* the number of blocks.
  public func cardinality(ofKey key: UInt16) -> Int {
    let source = readableBlocks.source
    guard let index = source.index(of: key) else { return 0 }
    return source.blocks[index].cardinality
  }

  /// The block as 1,024 words: bit *i* of word *w* is the member with low half 64 *w* + *i*.
  ///
  /// - Complexity: O(8 KiB).
  public func words(ofKey key: UInt16) -> [UInt64] {
    let source = readableBlocks.source
    guard let index = source.index(of: key) else {
      return [UInt64](repeating: 0, count: Format.bitsetWordCount)
    }
    return source.words(at: index)
  }

  /// Adds the block's members to 1,024 words.
  ///
  /// - Precondition: `words` has 1,024 words.
  /// - Complexity: O(*m*), the block's compressed size.
  public func orWords(ofKey key: UInt16, into words: inout [UInt64]) {
    let source = readableBlocks.source
    guard let index = source.index(of: key) else { return }
    var span = words.mutableSpan
    Kernels.combine(source, index, into: &span, .union)
  }

  /// Keeps of 1,024 words the members that the block has.
  ///
  /// - Precondition: `words` has 1,024 words.
  /// - Complexity: O(8 KiB).
  public func andWords(ofKey key: UInt16, into words: inout [UInt64]) {
    let source = readableBlocks.source
    guard let index = source.index(of: key) else {
      for i in words.indices { words[i] = 0 }
      return
    }
    var span = words.mutableSpan
    Kernels.combine(source, index, into: &span, .intersection)
  }

  /// Takes the block's members out of 1,024 words.
  ///
  /// - Precondition: `words` has 1,024 words.
  /// - Complexity: O(*m*), the block's compressed size.
  public func andNotWords(ofKey key: UInt16, into words: inout [UInt64]) {
    let source = readableBlocks.source
    guard let index = source.index(of: key) else { return }
    var span = words.mutableSpan
    Kernels.combine(source, index, into: &span, .subtraction)
  }

  /// The low halves of the block's members, ascending.
  ///
  /// - Complexity: O(*m*), *m* the members of the block.
  public func lowValues(ofKey key: UInt16) -> [UInt16] {
    let source = readableBlocks.source
    guard let index = source.index(of: key) else { return [] }
    return Kernels.lows(of: source, index)
  }

  /// Number of members in earlier blocks.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  public func rankOfBlock(_ key: UInt16) -> Int {
    let source = readableBlocks.source
    var total = 0
    for i in source.blocks.indices {
      if source.blocks[i].key >= key { break }
      total &+= source.blocks[i].cardinality
    }
    return total
  }

  /// The members of one block.
  ///
  /// - Complexity: O(log *b* + *m*), *b* blocks, *m* the block's compressed size.
  public func restricted(toKey key: UInt16) -> RoaringBitmap {
    let source = readableBlocks.source
    guard let index = source.index(of: key) else { return RoaringBitmap() }
    let wordCount = (source.blocks[index].byteCount &+ 7) / 8
    return RoaringBitmap(blockCount: 1, wordCount: wordCount) { blocks, words in
      Kernels.copy(source, index, to: &blocks, &words)
    }
  }
}

extension BlockSource {
  /// A block as 1,024 words.
  func words(at index: Int) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: Format.bitsetWordCount)
    var span = words.mutableSpan
    Kernels.combine(self, index, into: &span, .union)
    return words
  }
}
