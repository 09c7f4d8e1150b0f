import MartletLanguage
import MartletModel

/// `significand × 10^exponent / denominator`, exactly: any measure of one user.
struct ExactRatio: Sendable {
  private var significand: BigInteger
  private var exponent: Int
  private var denominator: UInt64

  init(_ number: Number) {
    self.init(significand: number.significand, exponent: number.exponent)
  }

  init(significand: Int128, exponent: Int) {
    (self.significand, self.exponent, denominator) = (BigInteger(significand), exponent, 1)
  }

  static let zero = ExactRatio(significand: 0, exponent: 0)

  /// Adds a number.
  /// - Precondition: nothing was divided yet.
  mutating func add(_ number: Number) {
    precondition(denominator == 1)
    var addend = BigInteger(number.significand)
    if number.exponent > exponent {
      addend = addend.multiplied(byPowerOfTen: number.exponent - exponent)
    } else {
      significand = significand.multiplied(byPowerOfTen: exponent - number.exponent)
      exponent = number.exponent
    }
    significand = significand + addend
  }

  func divided(by count: Int64) -> ExactRatio {
    precondition(denominator == 1 && count > 0)
    var copy = self
    copy.denominator = UInt64(count)
    return copy
  }

  /// -1, 0 or 1 as this is smaller than, equal to or greater than `other`.
  private func order(_ other: ExactRatio) -> Int {
    let shared = min(exponent, other.exponent)
    let left = significand.multiplied(by: other.denominator)
      .multiplied(byPowerOfTen: exponent - shared)
    let right = other.significand.multiplied(by: denominator)
      .multiplied(byPowerOfTen: other.exponent - shared)
    return left < right ? -1 : left == right ? 0 : 1
  }

  func compares(_ comparison: ComparisonOperator, to other: ExactRatio) -> Bool {
    let order = order(other)
    switch comparison {
    case .equal: return order == 0
    case .notEqual: return order != 0
    case .less: return order < 0
    case .lessOrEqual: return order <= 0
    case .greater: return order > 0
    case .greaterOrEqual: return order >= 0
    }
  }
}
