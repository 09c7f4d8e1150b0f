/// An integer of any size: a machine word while it fits, else digits to the base 10^9.
enum BigInteger: Comparable {
  case machine(Int128)
  /// Least digit first, no zeros at the end.
  case digits(isNegative: Bool, [UInt32])

  private static let base: UInt64 = 1_000_000_000

  /// Sign and digits, whichever form it has.
  private var spelled: (isNegative: Bool, digits: [UInt32]) {
    switch self {
    case .digits(let isNegative, let digits):
      return (isNegative, digits)
    case .machine(let value):
      var (digits, rest): ([UInt32], UInt128) = ([], value.magnitude)
      while rest > 0 {
        digits.append(UInt32(rest % UInt128(BigInteger.base)))
        rest /= UInt128(BigInteger.base)
      }
      return (value < 0, digits)
    }
  }

  private static func make(isNegative: Bool, _ digits: [UInt32]) -> BigInteger {
    var digits = digits
    while digits.last == 0 { digits.removeLast() }
    return .digits(isNegative: isNegative && !digits.isEmpty, digits)
  }

  static func + (left: BigInteger, right: BigInteger) -> BigInteger {
    if case .machine(let a) = left, case .machine(let b) = right {
      let (sum, overflow) = a.addingReportingOverflow(b)
      if !overflow { return .machine(sum) }
    }
    let (a, b) = (left.spelled, right.spelled)
    if a.isNegative == b.isNegative {
      return make(isNegative: a.isNegative, added(a.digits, b.digits))
    }
    return isLess(a.digits, b.digits)
      ? make(isNegative: b.isNegative, subtracted(b.digits, a.digits))
      : make(isNegative: a.isNegative, subtracted(a.digits, b.digits))
  }

  static func * (left: BigInteger, right: BigInteger) -> BigInteger {
    if case .machine(let a) = left, case .machine(let b) = right {
      let (product, overflow) = a.multipliedReportingOverflow(by: b)
      if !overflow { return .machine(product) }
    }
    let (a, b) = (left.spelled, right.spelled)
    var result = [UInt32](repeating: 0, count: a.digits.count + b.digits.count + 1)
    for (i, x) in a.digits.enumerated() {
      var carry: UInt64 = 0
      for (j, y) in b.digits.enumerated() {
        let sum = UInt64(x) * UInt64(y) + UInt64(result[i + j]) + carry
        result[i + j] = UInt32(sum % base)
        carry = sum / base
      }
      result[i + b.digits.count] = UInt32(carry)
    }
    return make(isNegative: a.isNegative != b.isNegative, result)
  }

  /// - Precondition: `power` is not negative.
  func timesPowerOfTen(_ power: Int) -> BigInteger {
    precondition(power >= 0)
    if power == 0 { return self }
    return (0..<power).reduce(self) { value, _ in value * .machine(10) }
  }

  static func < (left: BigInteger, right: BigInteger) -> Bool {
    if case .machine(let a) = left, case .machine(let b) = right { return a < b }
    let (a, b) = (left.spelled, right.spelled)
    if a.isNegative != b.isNegative { return a.isNegative }
    return a.isNegative ? isLess(b.digits, a.digits) : isLess(a.digits, b.digits)
  }

  static func == (left: BigInteger, right: BigInteger) -> Bool { !(left < right || right < left) }

  private static func isLess(_ a: [UInt32], _ b: [UInt32]) -> Bool {
    a.count == b.count
      ? a.reversed().lexicographicallyPrecedes(b.reversed()) : a.count < b.count
  }

  private static func added(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    var (result, carry): ([UInt32], UInt64) = ([], 0)
    for place in 0...max(a.count, b.count) {
      let sum =
        carry + UInt64(place < a.count ? a[place] : 0) + UInt64(place < b.count ? b[place] : 0)
      result.append(UInt32(sum % base))
      carry = sum / base
    }
    return result
  }

  /// - Precondition: `a` is not less than `b`.
  private static func subtracted(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
    var (result, borrow): ([UInt32], Int64) = ([], 0)
    for place in a.indices {
      var difference = Int64(a[place]) - borrow - Int64(place < b.count ? b[place] : 0)
      borrow = difference < 0 ? 1 : 0
      if difference < 0 { difference += Int64(base) }
      result.append(UInt32(difference))
    }
    return result
  }
}
