import MartletModel

/// A scalar value in a form in which equal values are equal keys: for `distinct` and `same`.
enum ValueKey: Hashable {
  /// The shortest significand, and its power of ten.
  case number(Int128, exponent: Int)
  case text(Text)
  case boolean(Bool)

  /// The value itself, or each item of a list, without repeats; nothing where it is missing.
  static func keys(of value: Value?) -> Set<ValueKey> {
    guard let value else { return [] }
    switch value {
    case .null: return []
    case .number(let number):
      var (digits, exponent) = (number.significand, number.exponent)
      if digits == 0 { exponent = 0 }
      while digits != 0, digits % 10 == 0 {
        digits /= 10
        exponent += 1
      }
      return [.number(digits, exponent: exponent)]
    case .text(let text): return [.text(text)]
    case .boolean(let flag): return [.boolean(flag)]
    case .list(let items):
      return items.reduce(into: []) { $0.formUnion(keys(of: $1)) }
    }
  }
}
