extension BitSlicedIndex {
  /// The sum of the numbers; over `candidates` only, if given. Exact: it cannot overflow.
  ///
  /// - Complexity: O(*k*) intersection counts, *k* slices.
  public func sum(among candidates: RoaringBitmap? = nil) -> Int128 {
    var total: Int128 = 0
    for (bit, slice) in slices.enumerated() {
      let count = candidates.map { slice.intersectionCount(with: $0) } ?? slice.count
      total += Int128(count) << Int128(bit)
    }
    let count = candidates.map { members.intersectionCount(with: $0) } ?? members.count
    return total + Int128(base) * Int128(count)
  }

  /// The smallest number; of `candidates` only, if given; nil if none of them has one.
  ///
  /// - Complexity: O(*k*) set operations, *k* slices.
  public func min(among candidates: RoaringBitmap? = nil) -> Int64? {
    number(atRank: 0, among: restricted(candidates))
  }

  /// The largest number; of `candidates` only, if given; nil if none of them has one.
  ///
  /// - Complexity: O(*k*) set operations, *k* slices.
  public func max(among candidates: RoaringBitmap? = nil) -> Int64? {
    var left = restricted(candidates)
    if left.isEmpty { return nil }
    var digits: UInt64 = 0
    for bit in slices.indices.reversed() {
      let ones = left.intersection(slices[bit])
      if ones.isEmpty { continue }
      left = ones
      digits |= 1 << UInt64(bit)
    }
    return number(digits)
  }

  /// The number below or at which a share `fraction` of the members is: the nearest-rank
  /// quantile, always one of the numbers. 0.5 is the lower median; nil if there are no members.
  ///
  /// - Precondition: `fraction` is in 0...1.
  /// - Complexity: O(*k*) set operations, *k* slices.
  public func quantile(_ fraction: Double, among candidates: RoaringBitmap? = nil) -> Int64? {
    quantiles([fraction], among: candidates)?.first
  }

  /// Several quantiles of the same members; nil if there are none.
  ///
  /// - Precondition: each fraction is in 0...1.
  /// - Complexity: O(*q* *k*) set operations, *k* slices, *q* fractions.
  public func quantiles(
    _ fractions: [Double], among candidates: RoaringBitmap? = nil
  ) -> [Int64]? {
    let all = restricted(candidates)
    let count = all.count
    if count == 0 { return nil }
    return fractions.map { fraction in
      precondition((0...1).contains(fraction), "a quantile's fraction is in 0...1")
      let rank = Int((fraction * Double(count)).rounded(.up)) - 1
      return number(atRank: Swift.min(Swift.max(rank, 0), count - 1), among: all) ?? 0
    }
  }

  /// The `count` members with the largest numbers, of `candidates` only, if given. Of members with
  /// equal numbers where not all have room, the smallest are taken.
  ///
  /// - Complexity: O(*k*) set operations, *k* slices.
  public func top(_ count: Int, among candidates: RoaringBitmap? = nil) -> RoaringBitmap {
    var certain = RoaringBitmap()
    var open = restricted(candidates)
    if count <= 0 { return certain }
    if open.count <= count { return open }
    for bit in slices.indices.reversed() {
      let ones = open.intersection(slices[bit])
      let reached = certain.count + ones.count
      if reached > count {
        open = ones
      } else {
        certain.formUnion(ones)
        if reached == count { return certain }
        open.subtract(ones)
      }
    }
    return certain.union(RoaringBitmap(open.prefix(count - certain.count)))
  }

  /// How many members have a number in each interval: below `bounds[0]`, from each bound to the
  /// next one (not included), and from the last bound on.
  ///
  /// - Precondition: `bounds` ascends.
  /// - Complexity: O(*c* *k*) set operations, *k* slices, *c* bounds.
  public func histogram(
    bounds: [Int64], among candidates: RoaringBitmap? = nil
  ) -> [Int] {
    precondition(zip(bounds, bounds.dropFirst()).allSatisfy { $0 <= $1 }, "bounds ascend")
    let all = restricted(candidates)
    var counts: [Int] = []
    var above = all.count
    for bound in bounds {
      let count = members(.greaterOrEqual, bound, among: all).count
      counts.append(above - count)
      above = count
    }
    return counts + [above]
  }

  /// The numbers of the members, in ascending order of members; of `candidates` only, if given.
  ///
  /// - Complexity: O(*n* *k*), *k* slices.
  public func numbers(of candidates: RoaringBitmap? = nil) -> [Int64] {
    let all = restricted(candidates)
    var numbers: [Int64] = []
    numbers.reserveCapacity(all.count)
    for key in all.keys {
      let lows = all.lowValues(ofKey: key)
      var digits = [UInt64](repeating: 0, count: lows.count)
      for (bit, slice) in slices.enumerated() where slice.cardinality(ofKey: key) > 0 {
        let words = slice.words(ofKey: key)
        for i in lows.indices {
          digits[i] |= (words[Int(lows[i] >> 6)] >> UInt64(lows[i] & 63) & 1) << UInt64(bit)
        }
      }
      for own in digits { numbers.append(number(own)) }
    }
    return numbers
  }

  private func restricted(_ candidates: RoaringBitmap?) -> RoaringBitmap {
    candidates.map { members.intersection($0) } ?? members
  }

  /// The number with `rank` smaller or equal ones before it.
  private func number(atRank rank: Int, among all: RoaringBitmap) -> Int64? {
    if all.isEmpty { return nil }
    var left = all
    var rest = rank
    var digits: UInt64 = 0
    for bit in slices.indices.reversed() {
      let zeros = left.subtracting(slices[bit])
      let count = zeros.count
      if rest < count {
        left = zeros
      } else {
        rest -= count
        left.formIntersection(slices[bit])
        digits |= 1 << UInt64(bit)
      }
    }
    return number(digits)
  }
}
