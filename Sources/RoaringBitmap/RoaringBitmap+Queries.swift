/// The questions asked most, as direct calls; the others are ``RoaringReadable``'s.
extension RoaringBitmap {
  /// Number of members.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  public var count: Int { source.cardinality }

  /// Whether there are no members.
  public var isEmpty: Bool { blockCount == 0 }

  /// Whether `member` belongs to the set.
  ///
  /// - Complexity: O(log *n*).
  public func contains(_ member: UInt32) -> Bool { source.contains(member) }
}
