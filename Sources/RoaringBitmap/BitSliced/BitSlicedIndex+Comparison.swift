extension BitSlicedIndex {
  /// How a member's number is compared with a given one.
  public enum Comparison: Hashable, Sendable, CaseIterable {
    case less
    case lessOrEqual
    case equal
    case notEqual
    case greaterOrEqual
    case greater
  }

  /// The members whose number compares so with `number`; of `candidates` only, if given.
  ///
  /// - Complexity: O(*k*) set operations, *k* slices: one for each above the lowest bit that
  ///   `number` has.
  public func members(
    _ comparison: Comparison, _ number: Int64, among candidates: RoaringBitmap? = nil
  ) -> RoaringBitmap {
    let all = candidates.map { members.intersection($0) } ?? members
    switch comparison {
    case .greaterOrEqual: return atLeast(number, all)
    case .less: return all.subtracting(atLeast(number, all))
    case .greater:
      return number == .max ? RoaringBitmap() : atLeast(number + 1, all)
    case .lessOrEqual:
      return number == .max ? all : all.subtracting(atLeast(number + 1, all))
    case .equal: return equal(number, all)
    case .notEqual: return all.subtracting(equal(number, all))
    }
  }

  /// The members whose number lies in `range`; of `candidates` only, if given.
  ///
  /// - Complexity: O(*k*) set operations, *k* slices.
  public func members(
    in range: ClosedRange<Int64>, among candidates: RoaringBitmap? = nil
  ) -> RoaringBitmap {
    let low = members(.greaterOrEqual, range.lowerBound, among: candidates)
    return members(.lessOrEqual, range.upperBound, among: low)
  }

  /// From the lowest slice up: a number's digits up to this one are at least the given ones if
  /// both digits are 1 and what is below is at least, or if its digit is 1 against a 0, or if both
  /// are 0 and what is below is at least. Below the lowest 1, all are.
  private func atLeast(_ number: Int64, _ all: RoaringBitmap) -> RoaringBitmap {
    guard let wanted = digits(number), wanted != 0 else { return all }
    if wanted.leadingZeroBitCount < 64 - slices.count { return RoaringBitmap() }
    let isWhole = all == members
    var result = all
    for bit in wanted.trailingZeroBitCount..<slices.count {
      if wanted >> UInt64(bit) & 1 == 1 {
        result.formIntersection(slices[bit])
      } else if isWhole {
        result.formUnion(slices[bit])
      } else {
        result.formUnion(slices[bit].intersection(all))
      }
    }
    return result
  }

  private func equal(_ number: Int64, _ all: RoaringBitmap) -> RoaringBitmap {
    guard let wanted = digits(number), wanted.leadingZeroBitCount >= 64 - slices.count else {
      return RoaringBitmap()
    }
    var result = all
    for bit in slices.indices.reversed() {
      if result.isEmpty { break }
      if wanted >> UInt64(bit) & 1 == 1 {
        result.formIntersection(slices[bit])
      } else {
        result.subtract(slices[bit])
      }
    }
    return result
  }
}
