extension RoaringBitmap: Sequence {
  /// The members in ascending order, decoded a few thousand at a time.
  public struct Iterator: IteratorProtocol, Sendable {
    /// The members of a small set; a larger one has a buffer.
    @usableFromInline var few = InlineArray<16, UInt32>(repeating: 0)
    @usableFromInline var buffer: [UInt32] = []
    @usableFromInline var position = 0
    @usableFromInline var end = 0
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
      if position == end && !refill() { return nil }
      defer { position &+= 1 }
      return buffer.isEmpty ? few[position] : buffer[position]
    }

    @usableFromInline
    mutating func refill() -> Bool {
      let bitmap = bitmap
      let source = bitmap.source
      var place = place
      if place.block == source.count { return false }
      if buffer.isEmpty {
        let room = source.cardinality(upTo: 2_048)
        if room > BlockSource.fewMembers { buffer = [UInt32](repeating: 0, count: room) }
      }
      if buffer.isEmpty {
        var span = few.mutableSpan
        end = source.batch(into: &span, from: &place)
      } else {
        var span = buffer.mutableSpan
        end = source.batch(into: &span, from: &place)
      }
      self.place = place
      position = 0
      return end != 0
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
