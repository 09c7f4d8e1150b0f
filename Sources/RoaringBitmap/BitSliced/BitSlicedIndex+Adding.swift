extension BitSlicedIndex {
  /// For each member of either index the sum of its numbers; a missing one counts as 0.
  ///
  /// So the counts of several days add up to the count of all of them.
  ///
  /// - Throws: ``BitSlicedIndexError`` if the scales differ or a sum does not fit into `Int64`.
  /// - Complexity: O(*k*) set operations, *k* slices.
  public func adding(_ other: BitSlicedIndex) throws(BitSlicedIndexError) -> BitSlicedIndex {
    if scale != other.scale {
      throw BitSlicedIndexError(.differentScales(scale, other.scale))
    }
    let (newBase, overflow) = base.addingReportingOverflow(other.base)
    if overflow { throw BitSlicedIndexError(.overflow) }
    var result = BitSlicedIndex(scale: scale)
    result.members = members.union(other.members)
    result.base = newBase
    result.slices = Self.sum(
      lifted(by: other.base, where: members.subtracting(other.members)),
      other.lifted(by: base, where: other.members.subtracting(members)))
    guard result.slices.count <= 64, (result.largestNumber ?? 0) <= Int128(Int64.max) else {
      throw BitSlicedIndexError(.overflow)
    }
    // The smallest sum may be above the sum of the smallest: then the base follows it.
    if newBase < 0, newBase != Swift.min(result.min() ?? 0, 0) {
      return BitSlicedIndex(members: result.members, numbers: result.numbers(), scale: scale)
    }
    return result
  }

  /// Adds the numbers of `other`, as ``adding(_:)``.
  ///
  /// - Throws: ``BitSlicedIndexError``; then nothing has changed.
  /// - Complexity: O(*k*) set operations, *k* slices.
  public mutating func add(_ other: BitSlicedIndex) throws(BitSlicedIndexError) {
    self = try adding(other)
  }

  /// The slices as they are if the other's base, never positive, will be taken off the members
  /// that it does not know: they must gain as much beforehand.
  private func lifted(by base: Int64, where lonely: RoaringBitmap) -> [RoaringBitmap] {
    if base == 0 || lonely.isEmpty { return slices }
    let gain = base.magnitude
    let constant = (0..<(64 - gain.leadingZeroBitCount)).map { bit in
      gain >> UInt64(bit) & 1 == 1 ? lonely : RoaringBitmap()
    }
    return Self.sum(slices, constant)
  }

  /// A ripple-carry adder over whole sets.
  private static func sum(_ a: [RoaringBitmap], _ b: [RoaringBitmap]) -> [RoaringBitmap] {
    var result: [RoaringBitmap] = []
    var carry = RoaringBitmap()
    for bit in 0..<Swift.max(a.count, b.count) {
      let x = bit < a.count ? a[bit] : RoaringBitmap()
      let y = bit < b.count ? b[bit] : RoaringBitmap()
      let half = x.symmetricDifference(y)
      result.append(half.symmetricDifference(carry))
      carry = x.intersection(y).union(half.intersection(carry))
    }
    if !carry.isEmpty { result.append(carry) }
    while result.last?.isEmpty == true { result.removeLast() }
    return result
  }

  /// The largest number, in more bits than one has.
  var largestNumber: Int128? {
    if members.isEmpty { return nil }
    var left = members
    var digits: UInt128 = 0
    for bit in slices.indices.reversed() {
      let ones = left.intersection(slices[bit])
      if ones.isEmpty { continue }
      left = ones
      digits |= 1 << UInt128(bit)
    }
    return Int128(base) + Int128(digits)
  }
}
