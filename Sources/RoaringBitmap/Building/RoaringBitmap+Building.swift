/// Bitmaps from numbers.
extension RoaringBitmap {
  /// The numbers of `values`, which are fastest strictly ascending but need be neither ordered nor
  /// distinct.
  ///
  /// - Complexity: O(*n*).
  public init<S: Sequence>(_ values: S) where S.Element == UInt32 {
    if let bitmap = values as? RoaringBitmap {
      self = bitmap
    } else if let bitmap = values.withContiguousStorageIfAvailable({
      // Safe: the buffer lives as long as this closure.
      unsafe RoaringBitmap($0.span)
    }) {
      self = bitmap
    } else {
      self.init([UInt32](values).span)
    }
  }

  /// The numbers of `values`, in any order, repeats allowed.
  ///
  /// - Complexity: O(*n*).
  public init(_ values: Span<UInt32>) {
    if Kernels.sortedPrefix(values) == values.count {
      self.init(ascending: values)
    } else {
      self.init(unordered: values)
    }
  }

  /// The numbers of `values`: the fast way for ascending distinct ones. Others are right too, and
  /// take the way of any order.
  ///
  /// - Complexity: O(*n*).
  public init(sorted values: [UInt32]) { self.init(values.span) }

  /// All numbers of `range`.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks: each is one run.
  public init(_ range: Range<UInt32>) {
    if range.isEmpty {
      self.init()
    } else {
      self.init(range.lowerBound...(range.upperBound - 1))
    }
  }

  /// All numbers of `range`.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks: each is one run.
  public init(_ range: ClosedRange<UInt32>) {
    let first = range.lowerBound >> 16
    let last = range.upperBound >> 16
    let blockCount = Int(last - first) + 1
    self.init(blockCount: blockCount, wordCount: blockCount) { blocks, words in
      for key in first...last {
        let low = key == first ? range.lowerBound & 0xffff : 0
        let high = key == last ? range.upperBound & 0xffff : 0xffff
        Kernels.append(
          Block(
            key: UInt16(key), kind: .run, cardinality: Int(high - low) + 1, runCount: 1,
            byteOffset: words.count * 8, wordCapacity: 1), to: &blocks, &words)
        words.append(UInt64(low) | UInt64(high - low) << 16)
      }
    }
  }

  /// One block from 1,024 words.
  init(key: UInt16, words: Span<UInt64>) {
    self.init(blockCount: 1, wordCount: Format.bitsetWordCount) { blocks, out in
      Kernels.store(words, key: key, to: &blocks, &out)
    }
  }

  private init(ascending values: Span<UInt32>) {
    var blockCount = 0
    var wordCount = 0
    var start = 0
    while start < values.count {
      let length = Kernels.sameHighPrefix(values.extracting(start..<values.count))
      blockCount &+= 1
      wordCount &+= (Swift.min(2 &* length, Format.bitsetByteCount) &+ 7) / 8
      start &+= length
    }
    self.init(blockCount: blockCount, wordCount: wordCount) { blocks, words in
      var start = 0
      while start < values.count {
        let length = Kernels.sameHighPrefix(values.extracting(start..<values.count))
        Kernels.store(values.extracting(start..<(start &+ length)), to: &blocks, &words)
        start &+= length
      }
    }
  }

  /// Splits by block first, then sorts each block: a few by comparison, many by way of a bitset.
  private init(unordered values: Span<UInt32>) {
    if values.count < 1_024 {
      var sorted = [UInt32](reserving: values.count) { out in
        for i in values.indices { out.append(values[i]) }
      }
      sorted.sort()
      sorted.removeRepeats()
      self.init(ascending: sorted.span)
      return
    }
    let (counts, lows) = Kernels.partition(values)
    var blockCount = 0
    var wordCount = 0
    for count in counts where count > 0 {
      blockCount &+= 1
      wordCount &+= (Swift.min(2 &* Int(count), Format.bitsetByteCount) &+ 7) / 8
    }
    self.init(blockCount: blockCount, wordCount: wordCount) { blocks, words in
      var scratch = [UInt64](repeating: 0, count: Format.bitsetWordCount)
      var start = 0
      for key in counts.indices where counts[key] > 0 {
        let end = start &+ Int(counts[key])
        let own = lows.span.extracting(start..<end)
        Kernels.store(
          unordered: own, scratch: &scratch, key: UInt16(key), to: &blocks, &words)
        start = end
      }
    }
  }
}

extension [UInt32] {
  /// Of ascending numbers, keeps each once.
  mutating func removeRepeats() {
    if isEmpty { return }
    var last = 0
    for i in 1..<Swift.max(count, 1) where self[i] != self[last] {
      last += 1
      self[last] = self[i]
    }
    removeLast(count - last - 1)
  }
}
