extension RoaringBitmap: SetAlgebra, ExpressibleByArrayLiteral {
  /// The set of the listed numbers, in any order, repeats allowed.
  public init(arrayLiteral elements: UInt32...) { self.init(elements) }

  /// Whether the sets have no member in common.
  ///
  /// - Complexity: as ``intersects(_:)``.
  public func isDisjoint(with other: RoaringBitmap) -> Bool { !intersects(other) }

  /// Whether every member is one of `other`, which has more.
  ///
  /// - Complexity: as ``isSubset(of:)``.
  public func isStrictSubset(of other: RoaringBitmap) -> Bool {
    count < other.count && isSubset(of: other)
  }

  /// Whether every member of `other` is one of this set, which has more.
  ///
  /// - Complexity: as ``isSubset(of:)``.
  public func isStrictSuperset(of other: RoaringBitmap) -> Bool { other.isStrictSubset(of: self) }

  /// Removes all members.
  public mutating func removeAll() { self = RoaringBitmap() }
}
