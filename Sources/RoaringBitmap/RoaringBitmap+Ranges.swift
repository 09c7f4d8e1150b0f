/// Ranges of members.
extension RoaringBitmap {
  /// Adds all numbers of `range`.
  ///
  /// - Complexity: O(*m*), the compressed size.
  public mutating func insert(_ range: ClosedRange<UInt32>) { formUnion(RoaringBitmap(range)) }

  /// Adds all numbers of `range`.
  ///
  /// - Complexity: O(*m*), the compressed size.
  public mutating func insert(_ range: Range<UInt32>) { formUnion(RoaringBitmap(range)) }

  /// Removes all numbers of `range`.
  ///
  /// - Complexity: O(*m*), the compressed size.
  public mutating func remove(_ range: ClosedRange<UInt32>) { subtract(RoaringBitmap(range)) }

  /// Removes all numbers of `range`.
  ///
  /// - Complexity: O(*m*), the compressed size.
  public mutating func remove(_ range: Range<UInt32>) { subtract(RoaringBitmap(range)) }

  /// Adds the numbers of `range` that are not members and removes those that are.
  ///
  /// - Complexity: O(*m*), the compressed size.
  public mutating func flip(_ range: ClosedRange<UInt32>) {
    formSymmetricDifference(RoaringBitmap(range))
  }

  /// Adds the numbers of `range` that are not members and removes those that are.
  ///
  /// - Complexity: O(*m*), the compressed size.
  public mutating func flip(_ range: Range<UInt32>) {
    formSymmetricDifference(RoaringBitmap(range))
  }
}
