/// Questions to one bitmap.
extension RoaringBitmap {
  /// Number of members.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  public var count: Int { source.cardinality }

  /// Whether there are no members.
  public var isEmpty: Bool { blocks.isEmpty }

  /// The smallest member; nil if there are none.
  public var min: UInt32? { source.min }

  /// The largest member; nil if there are none.
  public var max: UInt32? { source.max }

  /// Whether `member` belongs to the set.
  ///
  /// - Complexity: O(log *n*).
  public func contains(_ member: UInt32) -> Bool { source.contains(member) }

  /// How many members are at most `value`.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  public func rank(_ value: UInt32) -> Int { source.rank(value) }

  /// The member that has `index` smaller ones; nil if `index` is negative or not below `count`.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  public func select(_ index: Int) -> UInt32? { source.select(index) }

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

  /// All members, ascending.
  ///
  /// - Complexity: O(*n*).
  public func toArray() -> [UInt32] { source.toArray() }
}
