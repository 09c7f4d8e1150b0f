import MartletLanguage

/// The exact value of a measure: a total over a count.
struct Quantity {
  var total: ExactDecimal
  var divisor = 1

  static func whole(_ value: Int) -> Quantity { Quantity(total: ExactDecimal(value)) }

  /// Compares without dividing: `a / m < b / n` where `a × n < b × m`.
  func holds(_ comparison: ComparisonOperator, _ other: Quantity) -> Bool {
    let left = other.divisor == 1 ? total : total.times(other.divisor)
    let right = divisor == 1 ? other.total : other.total.times(divisor)
    return ValueRules.holds(comparison, isLess: left < right, isEqual: left == right)
  }
}
