extension RoaringBitmap: Sequence {
  /// The members in ascending order, decoded a few thousand at a time.
  public struct Iterator: IteratorProtocol, Sendable {
    @usableFromInline var buffer: [UInt32] = []
    @usableFromInline var position = 0
    private let bitmap: RoaringBitmap
    private var place: BlockPlace

    init(_ bitmap: RoaringBitmap, from place: BlockPlace = BlockPlace()) {
      self.bitmap = bitmap
      self.place = place
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
      buffer = bitmap.source.batch(upTo: 2_048, from: &place)
      return !buffer.isEmpty
    }
  }

  /// An iterator over all members, ascending.
  public func makeIterator() -> Iterator { Iterator(self) }

  /// An iterator over the members that are at least `start`, ascending.
  ///
  /// - Complexity: O(log *b*), *b* the number of blocks, to make.
  public func makeIterator(from start: UInt32) -> Iterator {
    Iterator(self, from: source.place(atLeast: start))
  }

  /// A lower bound of the number of members, and the number itself.
  public var underestimatedCount: Int { count }
}
