/// The questions asked most, as direct calls; the others are ``RoaringReadable``'s.
extension RoaringBitmap {
  /// Number of members.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  public var count: Int {
    @_effects(readonly)
    get { source.cardinality }
  }

  /// Whether there are no members.
  public var isEmpty: Bool {
    @_effects(readonly)
    get { blockCount == 0 }
  }

  /// Whether `member` belongs to the set.
  ///
  /// - Complexity: O(log *n*).
  @_effects(readonly)
  public func contains(_ member: UInt32) -> Bool { source.contains(member) }

  /// Calls `body` with batches of ascending members, together all of them.
  ///
  /// - Complexity: O(*n*).
  public func forEachBatch(_ body: (Span<UInt32>) throws -> Void) rethrows {
    try source.forEachBatch(body)
  }
}
