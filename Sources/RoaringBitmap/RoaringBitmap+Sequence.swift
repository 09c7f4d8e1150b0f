extension RoaringBitmap: Sequence {
  /// The members in ascending order, decoded a few thousand at a time.
  public struct Iterator: IteratorProtocol, Sendable {
    @usableFromInline var buffer: [UInt32] = []
    @usableFromInline var position = 0
    private let bitmap: RoaringBitmap
    private var blockIndex: Int
    private var skip: Int

    init(_ bitmap: RoaringBitmap, blockIndex: Int = 0, skip: Int = 0) {
      self.bitmap = bitmap
      self.blockIndex = blockIndex
      self.skip = skip
    }

    /// The next member; nil at the end.
    ///
    /// - Complexity: O(1) amortized.
    @inlinable
    public mutating func next() -> UInt32? {
      if position == buffer.count && !refill() { return nil }
      defer { position &+= 1 }
      return buffer[position]
    }

    @usableFromInline
    mutating func refill() -> Bool {
      position = 0
      let bitmap = bitmap
      buffer = bitmap.source.batch(upTo: 2_048, from: &blockIndex, &skip)
      return !buffer.isEmpty
    }
  }

  /// An iterator over all members, ascending.
  public func makeIterator() -> Iterator { Iterator(self) }

  /// An iterator over the members that are at least `start`, ascending.
  ///
  /// - Complexity: O(log *b*), *b* the number of blocks, to make.
  public func makeIterator(from start: UInt32) -> Iterator {
    let place = source.place(atLeast: start)
    return Iterator(self, blockIndex: place.block, skip: place.skip)
  }

  /// A lower bound of the number of members, and the number itself.
  public var underestimatedCount: Int { count }

  /// Calls `body` with batches of ascending members, together all of them.
  ///
  /// - Complexity: O(*n*).
  public func forEachBatch(_ body: (Span<UInt32>) throws -> Void) rethrows {
    var block = 0
    var skip = 0
    while true {
      let batch = source.batch(upTo: 4_096, from: &block, &skip)
      if batch.isEmpty { return }
      try body(batch.span)
    }
  }

  /// Appends ascending members to `buffer`, from the one with `position` smaller ones on, until
  /// the buffer is full or the members end. Returns the position to go on from; `count` when done.
  ///
  /// - Complexity: O(*b* + *m*), *b* the number of blocks, *m* the members appended.
  public func fill(_ buffer: inout OutputSpan<UInt32>, from position: Int) -> Int {
    source.fill(&buffer, from: position)
  }
}
