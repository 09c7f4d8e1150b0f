import MartletLanguage
import MartletModel

/// When a condition holds for a value.
enum ValueRules {
  /// - Parameter value: nil where the property or trait is missing.
  static func holds(_ test: ValueTest, for value: Value?) -> Bool {
    guard let value else { return test == .isMissing }
    if test == .exists || test == .isMissing { return test == .exists }
    guard case .list(let items) = value else { return holds(test, forItem: value) }
    return items.contains { holds(test, forItem: $0) }
  }

  private static func holds(_ test: ValueTest, forItem item: Value) -> Bool {
    switch test {
    case .compare(let comparison, let literal):
      compare(item, comparison, literal)
    case .isIn(let literals):
      literals.contains { compare(item, .equal, $0) }
    case .isNotIn(let literals):
      !literals.contains { compare(item, .equal, $0) }
    case .between(let low, let high):
      compare(item, .greaterOrEqual, low) && compare(item, .lessOrEqual, high)
    case .contains(let part):
      if case .text(let text) = item { contains(text, part) } else { false }
    case .exists, .isMissing:
      preconditionFailure("these see the whole value")
    }
  }

  /// Values of different kinds are unequal and unordered, booleans unordered among themselves.
  private static func compare(
    _ value: Value, _ comparison: ComparisonOperator, _ literal: Literal
  ) -> Bool {
    switch (value, literal) {
    case (.number(let left), .number(let right)):
      let (left, right) = (ExactDecimal(left), ExactDecimal(right))
      return holds(comparison, isLess: left < right, isEqual: left == right)
    case (.text(let left), .text(let right)):
      let (left, right) = (left.utf8, right.utf8)
      return holds(
        comparison, isLess: left.lexicographicallyPrecedes(right),
        isEqual: left.elementsEqual(right))
    case (.boolean(let left), .boolean(let right)):
      switch comparison {
      case .equal: return left == right
      case .notEqual: return left != right
      case .less, .lessOrEqual, .greater, .greaterOrEqual: return false
      }
    default:
      return comparison == .notEqual
    }
  }

  static func holds(_ comparison: ComparisonOperator, isLess: Bool, isEqual: Bool) -> Bool {
    switch comparison {
    case .equal: isEqual
    case .notEqual: !isEqual
    case .less: isLess
    case .lessOrEqual: isLess || isEqual
    case .greater: !isLess && !isEqual
    case .greaterOrEqual: !isLess
    }
  }

  private static func contains(_ text: Text, _ part: Text) -> Bool {
    let (text, part) = (Array(text.utf8), Array(part.utf8))
    guard part.count <= text.count else { return false }
    return (0...text.count - part.count).contains { start in
      text[start..<start + part.count].elementsEqual(part)
    }
  }
}
