import CMartletKernels

/// One member more or less in a bitmap's own payload.
///
/// Safe: `word` and `capacity` are a block's place in `payload`, checked against its bounds, and
/// a kernel touches no more than that.
extension Kernels {
  /// What became of an attempt to insert in place.
  enum Insertion {
    case there
    case inserted
    /// There is no such block, no room, or the form cannot be edited.
    case needsMore
  }

  /// Adds `low` to the block at `index`, if it has this key, in the place that it has.
  @inline(__always)
  static func insert(
    _ low: UInt16, key: UInt16, at index: Int, in words: inout [UInt64]
  ) -> Insertion {
    var span = words.mutableSpan
    let header = Block.headerWordCount &* index
    var block = Block(word0: span[header], word1: span[header &+ 1])
    if block.key != key { return .needsMore }
    let count = block.cardinality
    switch block.kind {
    case .run: return .needsMore
    case .bitset:
      let word = block.wordOffset &+ Int(low &>> 6)
      let bit: UInt64 = 1 &<< UInt64(low & 63)
      if span[word] & bit != 0 { return .there }
      span[word] |= bit
    case .array:
      let capacity = block.wordCapacity
      if count == Format.arrayCardinalityMax || 2 &* (count &+ 1) > 8 &* capacity {
        return .needsMore
      }
      let start = block.wordOffset
      let isNew = unsafe span.withUnsafeMutableBufferPointer { buffer in
        precondition(start &+ capacity <= buffer.count, "a block lies outside its buffer")
        // Safe: checked just above, and the array has room for one more.
        let lows = unsafe UnsafeMutableRawPointer(buffer.baseAddress.unsafelyUnwrapped + start)
          .assumingMemoryBound(to: UInt16.self)
        return unsafe mk_array_insert(lows, UInt32(truncatingIfNeeded: count), low)
      }
      if !isNew { return .there }
    }
    block.cardinality = count &+ 1
    span[header] = block.word0
    return .inserted
  }

  /// Takes `low` from an array of `count` members; false if it is not there.
  static func arrayRemove(
    _ low: UInt16, count: Int, in payload: inout [UInt64], at word: Int
  ) -> Bool {
    unsafe edit(&payload, at: word, count: (2 &* count &+ 7) / 8) { words in
      let lows = unsafe UnsafeMutableRawPointer(words).assumingMemoryBound(to: UInt16.self)
      return unsafe mk_array_remove(lows, UInt32(truncatingIfNeeded: count), low)
    }
  }

  static func bitsetRemove(_ low: UInt16, in payload: inout [UInt64], at word: Int) -> Bool {
    unsafe edit(&payload, at: word, count: Format.bitsetWordCount) {
      unsafe mk_words_remove($0, low)
    }
  }

  @inline(__always)
  private static func edit(
    _ payload: inout [UInt64], at word: Int, count: Int,
    _ body: (UnsafeMutablePointer<UInt64>) -> Bool
  ) -> Bool {
    var span = payload.mutableSpan
    return unsafe span.withUnsafeMutableBufferPointer { buffer in
      precondition(word &+ count <= buffer.count, "a block lies outside its buffer")
      // Safe: checked just above, and the count is positive.
      return unsafe body(buffer.baseAddress.unsafelyUnwrapped + word)
    }
  }

  /// Whether `first...last` set, cleared or flipped in 1,024 words.
  static func apply(
    _ operation: SetOperation, _ range: ClosedRange<UInt16>, to words: inout MutableSpan<UInt64>
  ) {
    precondition(words.count == Format.bitsetWordCount, "a block has 1,024 words")
    let first = UInt32(range.lowerBound)
    let last = UInt32(range.upperBound)
    unsafe words.withUnsafeMutableBufferPointer { buffer in
      switch operation {
      case .union: unsafe mk_words_set_range(buffer.baseAddress, first, last)
      case .subtraction: unsafe mk_words_clear_range(buffer.baseAddress, first, last)
      case .symmetricDifference: unsafe mk_words_flip_range(buffer.baseAddress, first, last)
      case .intersection: preconditionFailure("keeping a range is clearing the rest")
      }
    }
  }
}
