/// Set algebra between bitmaps and views, in any mixture.
extension RoaringReadable where Self: ~Escapable {
  /// Members of either set.
  ///
  /// - Complexity: O(*a* + *b*), the compressed sizes.
  public func union<Other: RoaringReadable & ~Escapable>(
    _ other: borrowing Other
  ) -> RoaringBitmap {
    BlockSource.merging(readableBlocks.source, other.readableBlocks.source, .union)
  }

  /// Members of both sets.
  ///
  /// - Complexity: O(*k* log *n* + *m*), *k* common blocks among *n*, *m* their compressed size.
  public func intersection<Other: RoaringReadable & ~Escapable>(
    _ other: borrowing Other
  ) -> RoaringBitmap {
    BlockSource.intersection(readableBlocks.source, other.readableBlocks.source)
  }

  /// Members of this set that `other` lacks.
  ///
  /// - Complexity: O(*a* + *b*), the compressed sizes.
  public func subtracting<Other: RoaringReadable & ~Escapable>(
    _ other: borrowing Other
  ) -> RoaringBitmap {
    BlockSource.merging(readableBlocks.source, other.readableBlocks.source, .subtraction)
  }

  /// Members of exactly one of the two sets.
  ///
  /// - Complexity: O(*a* + *b*), the compressed sizes.
  public func symmetricDifference<Other: RoaringReadable & ~Escapable>(
    _ other: borrowing Other
  ) -> RoaringBitmap {
    BlockSource.merging(
      readableBlocks.source, other.readableBlocks.source, .symmetricDifference)
  }

  /// Number of members in both sets.
  ///
  /// - Complexity: as ``intersection(_:)``, but nothing is allocated.
  public func intersectionCount<Other: RoaringReadable & ~Escapable>(
    with other: borrowing Other
  ) -> Int {
    BlockSource.intersectionCount(readableBlocks.source, other.readableBlocks.source)
  }

  /// Number of members in either set.
  ///
  /// - Complexity: as ``intersectionCount(with:)`` plus the number of blocks.
  public func unionCount<Other: RoaringReadable & ~Escapable>(
    with other: borrowing Other
  ) -> Int {
    count + other.count - intersectionCount(with: other)
  }

  /// Number of members of this set that `other` lacks.
  ///
  /// - Complexity: as ``intersectionCount(with:)`` plus the number of blocks.
  public func subtractingCount<Other: RoaringReadable & ~Escapable>(
    with other: borrowing Other
  ) -> Int {
    count - intersectionCount(with: other)
  }

  /// Number of members in exactly one of the two sets.
  ///
  /// - Complexity: as ``intersectionCount(with:)`` plus the number of blocks.
  public func symmetricDifferenceCount<Other: RoaringReadable & ~Escapable>(
    with other: borrowing Other
  ) -> Int {
    count + other.count - 2 * intersectionCount(with: other)
  }

  /// The Jaccard index: members in both over members in either; 1 if both are empty.
  ///
  /// - Complexity: as ``intersectionCount(with:)`` plus the number of blocks.
  public func jaccardIndex<Other: RoaringReadable & ~Escapable>(
    with other: borrowing Other
  ) -> Double {
    let common = intersectionCount(with: other)
    let either = count + other.count - common
    return either == 0 ? 1 : Double(common) / Double(either)
  }

  /// Whether the sets have a member in common.
  ///
  /// - Complexity: as ``intersectionCount(with:)`` at worst; stops at the first one found.
  public func intersects<Other: RoaringReadable & ~Escapable>(
    _ other: borrowing Other
  ) -> Bool {
    BlockSource.intersects(readableBlocks.source, other.readableBlocks.source)
  }

  /// Whether the sets have no member in common.
  ///
  /// - Complexity: as ``intersects(_:)``.
  public func isDisjoint<Other: RoaringReadable & ~Escapable>(
    with other: borrowing Other
  ) -> Bool {
    !intersects(other)
  }

  /// Whether every member is one of `other`.
  ///
  /// - Complexity: as ``intersectionCount(with:)`` at worst; stops at the first block that is not.
  public func isSubset<Other: RoaringReadable & ~Escapable>(
    of other: borrowing Other
  ) -> Bool {
    BlockSource.isSubset(readableBlocks.source, of: other.readableBlocks.source)
  }

  /// Whether every member of `other` is one of this set.
  ///
  /// - Complexity: as ``isSubset(of:)``.
  public func isSuperset<Other: RoaringReadable & ~Escapable>(
    of other: borrowing Other
  ) -> Bool {
    BlockSource.isSubset(other.readableBlocks.source, of: readableBlocks.source)
  }

  /// Whether both sets have the same members, in whatever form they are stored.
  ///
  /// - Complexity: O(*a* + *b*), the compressed sizes.
  public func hasSameMembers<Other: RoaringReadable & ~Escapable>(
    as other: borrowing Other
  ) -> Bool {
    BlockSource.areEqual(readableBlocks.source, other.readableBlocks.source)
  }
}
