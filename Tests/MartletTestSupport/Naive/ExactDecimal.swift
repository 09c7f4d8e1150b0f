import MartletModel

/// `coefficient × 10^exponent`, of any size, without rounding.
struct ExactDecimal: Comparable {
  var coefficient: BigInteger
  var exponent: Int

  init(_ value: Int) { (coefficient, exponent) = (.machine(Int128(value)), 0) }

  init(_ number: Number) {
    (coefficient, exponent) = (.machine(number.significand), number.exponent)
  }

  private init(coefficient: BigInteger, exponent: Int) {
    (self.coefficient, self.exponent) = (coefficient, exponent)
  }

  /// Both coefficients at the smaller of the two exponents.
  private static func aligned(
    _ left: ExactDecimal, _ right: ExactDecimal
  ) -> (BigInteger, BigInteger, exponent: Int) {
    let exponent = min(left.exponent, right.exponent)
    return (
      left.coefficient.timesPowerOfTen(left.exponent - exponent),
      right.coefficient.timesPowerOfTen(right.exponent - exponent), exponent
    )
  }

  static func + (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal {
    let (a, b, exponent) = aligned(left, right)
    return ExactDecimal(coefficient: a + b, exponent: exponent)
  }

  static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
    let (a, b, _) = aligned(left, right)
    return a < b
  }

  static func == (left: ExactDecimal, right: ExactDecimal) -> Bool {
    let (a, b, _) = aligned(left, right)
    return a == b
  }

  func times(_ factor: Int) -> ExactDecimal {
    ExactDecimal(coefficient: coefficient * .machine(Int128(factor)), exponent: exponent)
  }
}
