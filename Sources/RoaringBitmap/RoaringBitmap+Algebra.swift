/// Set algebra.
extension RoaringBitmap {
  /// Members of either set.
  ///
  /// - Complexity: O(*a* + *b*), the compressed sizes.
  public func union(_ other: RoaringBitmap) -> RoaringBitmap {
    if isEmpty { return other }
    if other.isEmpty { return self }
    return BlockSource.merging(source, other.source, .union)
  }

  /// Members of both sets.
  ///
  /// - Complexity: O(*k* log *n* + *m*), *k* common blocks among *n*, *m* their compressed size.
  public func intersection(_ other: RoaringBitmap) -> RoaringBitmap {
    BlockSource.intersection(source, other.source)
  }

  /// Members of this set that `other` lacks.
  ///
  /// - Complexity: O(*a* + *b*), the compressed sizes.
  public func subtracting(_ other: RoaringBitmap) -> RoaringBitmap {
    if isEmpty || other.isEmpty { return self }
    return BlockSource.merging(source, other.source, .subtraction)
  }

  /// Members of exactly one of the two sets.
  ///
  /// - Complexity: O(*a* + *b*), the compressed sizes.
  public func symmetricDifference(_ other: RoaringBitmap) -> RoaringBitmap {
    if isEmpty { return other }
    if other.isEmpty { return self }
    return BlockSource.merging(source, other.source, .symmetricDifference)
  }

  /// Adds the members of `other`.
  ///
  /// - Complexity: as ``union(_:)``.
  public mutating func formUnion(_ other: RoaringBitmap) { self = union(other) }

  /// Keeps the members that `other` has too.
  ///
  /// - Complexity: as ``intersection(_:)``.
  public mutating func formIntersection(_ other: RoaringBitmap) { self = intersection(other) }

  /// Removes the members of `other`.
  ///
  /// - Complexity: as ``subtracting(_:)``.
  public mutating func subtract(_ other: RoaringBitmap) { self = subtracting(other) }

  /// Keeps the members of exactly one of the two sets.
  ///
  /// - Complexity: as ``symmetricDifference(_:)``.
  public mutating func formSymmetricDifference(_ other: RoaringBitmap) {
    self = symmetricDifference(other)
  }
}

/// Cardinalities of results that are not built, and relations between sets.
///
/// What only reads is declared so (`@_effects`): then a caller, who cannot see into it, needs no
/// reference count around the call. For two small sets that is half of what a question costs.
extension RoaringBitmap {
  /// Number of members in both sets.
  ///
  /// - Complexity: as ``intersection(_:)``, but nothing is allocated.
  @_effects(readonly)
  public func intersectionCount(with other: RoaringBitmap) -> Int {
    BlockSource.intersectionCount(source, other.source)
  }

  /// Number of members in either set.
  ///
  /// - Complexity: as ``intersectionCount(with:)`` plus the number of blocks.
  @_effects(readonly)
  public func unionCount(with other: RoaringBitmap) -> Int {
    count + other.count - intersectionCount(with: other)
  }

  /// Number of members of this set that `other` lacks.
  ///
  /// - Complexity: as ``intersectionCount(with:)`` plus the number of blocks.
  @_effects(readonly)
  public func subtractingCount(with other: RoaringBitmap) -> Int {
    count - intersectionCount(with: other)
  }

  /// Number of members in exactly one of the two sets.
  ///
  /// - Complexity: as ``intersectionCount(with:)`` plus the number of blocks.
  @_effects(readonly)
  public func symmetricDifferenceCount(with other: RoaringBitmap) -> Int {
    count + other.count - 2 * intersectionCount(with: other)
  }

  /// Whether the sets have a member in common.
  ///
  /// - Complexity: as ``intersectionCount(with:)`` at worst; stops at the first one found.
  @_effects(readonly)
  public func intersects(_ other: RoaringBitmap) -> Bool {
    BlockSource.intersects(source, other.source)
  }

  /// Whether every member is one of `other`.
  ///
  /// - Complexity: as ``intersectionCount(with:)`` at worst; stops at the first block that is not.
  @_effects(readonly)
  public func isSubset(of other: RoaringBitmap) -> Bool {
    BlockSource.isSubset(source, of: other.source)
  }

  /// Whether every member of `other` is one of this set.
  ///
  /// - Complexity: as ``isSubset(of:)``.
  public func isSuperset(of other: RoaringBitmap) -> Bool { other.isSubset(of: self) }
}
