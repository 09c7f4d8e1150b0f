/// Questions to one set.
extension RoaringReadable where Self: ~Escapable {
  /// Number of members.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  public var count: Int { readableBlocks.source.cardinality }

  /// Whether there are no members.
  public var isEmpty: Bool { readableBlocks.source.count == 0 }

  /// The smallest member; nil if there are none.
  public var min: UInt32? { readableBlocks.source.min }

  /// The largest member; nil if there are none.
  public var max: UInt32? { readableBlocks.source.max }

  /// Whether `member` belongs to the set.
  ///
  /// - Complexity: O(log *n*).
  public func contains(_ member: UInt32) -> Bool { readableBlocks.source.contains(member) }

  /// How many members are at most `value`.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  public func rank(_ value: UInt32) -> Int { readableBlocks.source.rank(value) }

  /// The member that has `index` smaller ones; nil if `index` is negative or not below `count`.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  public func select(_ index: Int) -> UInt32? { readableBlocks.source.select(index) }

  /// How many members lie in `range`.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  public func rangeCardinality(_ range: Range<UInt32>) -> Int {
    range.isEmpty ? 0 : rangeCardinality(range.lowerBound...(range.upperBound - 1))
  }

  /// How many members lie in `range`.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  public func rangeCardinality(_ range: ClosedRange<UInt32>) -> Int {
    let below = range.lowerBound == 0 ? 0 : rank(range.lowerBound - 1)
    return rank(range.upperBound) - below
  }

  /// Whether every number of `range` is a member.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  public func contains(_ range: ClosedRange<UInt32>) -> Bool {
    rangeCardinality(range) == Int(range.upperBound - range.lowerBound) + 1
  }
}

/// Members one after another.
extension RoaringReadable where Self: ~Escapable {
  /// All members, ascending.
  ///
  /// - Complexity: O(*n*).
  public func toArray() -> [UInt32] { readableBlocks.source.toArray() }

  /// Calls `body` with batches of ascending members, together all of them.
  ///
  /// - Complexity: O(*n*).
  public func forEachBatch(_ body: (Span<UInt32>) throws -> Void) rethrows {
    try readableBlocks.source.forEachBatch(body)
  }

  /// Appends ascending members to `buffer`, from the one with `position` smaller ones on, until
  /// the buffer is full or the members end. Returns the position to go on from; `count` when done.
  ///
  /// - Complexity: O(*b* + *m*), *b* the number of blocks, *m* the members appended.
  public func fill(_ buffer: inout OutputSpan<UInt32>, from position: Int) -> Int {
    readableBlocks.source.fill(&buffer, from: position)
  }

  /// A bitmap with the same members.
  ///
  /// - Complexity: O(*m*), the compressed size.
  public func copied() -> RoaringBitmap { readableBlocks.source.copied() }
}

/// The portable form.
extension RoaringReadable where Self: ~Escapable {
  /// Length of ``serialized()``, in bytes.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  public var serializedByteCount: Int { readableBlocks.source.serializedByteCount }

  /// The portable form (`formats/bitmap.md`), which every Roaring library reads. After
  /// ``RoaringBitmap/runOptimize()`` it is what CRoaring writes after its own run optimisation,
  /// byte for byte.
  ///
  /// - Complexity: O(*m*), the compressed size.
  public func serialized() -> [UInt8] { readableBlocks.source.serialized() }

  /// A copy in which each block has its smallest form.
  ///
  /// - Complexity: O(*m*), the compressed size.
  public func runOptimized() -> RoaringBitmap { readableBlocks.source.smallest() }
}
