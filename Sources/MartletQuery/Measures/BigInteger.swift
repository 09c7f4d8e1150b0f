/// A signed integer of any size: just what exact sums beyond 128 bits need.
///
/// Schoolbook arithmetic on 32-bit limbs (Knuth, "The Art of Computer Programming", vol. 2, 4.3.1).
struct BigInteger: Sendable {
  /// Least significant limb first, without leading zero limbs.
  private var limbs: [UInt32]
  private var isNegative: Bool

  init(_ value: Int128) {
    isNegative = value < 0
    limbs = []
    var rest = value.magnitude
    while rest != 0 {
      limbs.append(UInt32(truncatingIfNeeded: rest))
      rest >>= 32
    }
  }

  private init(limbs: [UInt32], isNegative: Bool) {
    var trimmed = limbs
    while trimmed.last == 0 { trimmed.removeLast() }
    (self.limbs, self.isNegative) = (trimmed, isNegative && !trimmed.isEmpty)
  }

  /// - Complexity: O(limbs)
  static func + (left: BigInteger, right: BigInteger) -> BigInteger {
    if left.isNegative == right.isNegative {
      return BigInteger(limbs: add(left.limbs, right.limbs), isNegative: left.isNegative)
    }
    if compare(left.limbs, right.limbs) >= 0 {
      return BigInteger(limbs: subtract(left.limbs, right.limbs), isNegative: left.isNegative)
    }
    return BigInteger(limbs: subtract(right.limbs, left.limbs), isNegative: right.isNegative)
  }

  /// - Complexity: O(limbs)
  func multiplied(by factor: UInt32) -> BigInteger {
    var product: [UInt32] = []
    product.reserveCapacity(limbs.count + 1)
    var carry: UInt64 = 0
    for limb in limbs {
      let sum = UInt64(limb) * UInt64(factor) + carry
      product.append(UInt32(truncatingIfNeeded: sum))
      carry = sum >> 32
    }
    product.append(UInt32(carry))
    return BigInteger(limbs: product, isNegative: isNegative)
  }

  /// - Complexity: O(limbs)
  func multiplied(by factor: UInt64) -> BigInteger {
    let low = multiplied(by: UInt32(truncatingIfNeeded: factor))
    let high = multiplied(by: UInt32(factor >> 32))
    return low + BigInteger(limbs: [0] + high.limbs, isNegative: high.isNegative)
  }

  /// - Complexity: O(limbs × power)
  func multiplied(byPowerOfTen power: Int) -> BigInteger {
    var (value, left) = (self, power)
    while left > 0 {
      let step = min(left, 9)
      value = value.multiplied(
        by: UInt32(
          [
            1, 10, 100, 1000, 10_000, 100_000, 1_000_000,
            10_000_000, 100_000_000, 1_000_000_000,
          ][step]))
      left -= step
    }
    return value
  }

  private static func add(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
    var sum: [UInt32] = []
    var carry: UInt64 = 0
    for index in 0..<max(left.count, right.count) {
      let a = index < left.count ? UInt64(left[index]) : 0
      let b = index < right.count ? UInt64(right[index]) : 0
      let total = a + b + carry
      sum.append(UInt32(truncatingIfNeeded: total))
      carry = total >> 32
    }
    sum.append(UInt32(carry))
    return sum
  }

  /// - Precondition: `left` is not smaller.
  private static func subtract(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
    var difference: [UInt32] = []
    var borrow: Int64 = 0
    for index in left.indices {
      let b = index < right.count ? Int64(right[index]) : 0
      let total = Int64(left[index]) - b - borrow
      difference.append(UInt32(truncatingIfNeeded: total))
      borrow = total < 0 ? 1 : 0
    }
    return difference
  }

  private static func compare(_ left: [UInt32], _ right: [UInt32]) -> Int {
    if left.count != right.count { return left.count < right.count ? -1 : 1 }
    for index in left.indices.reversed() where left[index] != right[index] {
      return left[index] < right[index] ? -1 : 1
    }
    return 0
  }
}

extension BigInteger: Comparable {
  static func == (left: BigInteger, right: BigInteger) -> Bool {
    left.isNegative == right.isNegative && left.limbs == right.limbs
  }

  static func < (left: BigInteger, right: BigInteger) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    let order = compare(left.limbs, right.limbs)
    return left.isNegative ? order > 0 : order < 0
  }
}
