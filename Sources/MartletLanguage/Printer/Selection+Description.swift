import MartletModel

extension Selection: CustomStringConvertible {
  /// `Purchase[amount >= 100] in last 30 days`
  public var description: String {
    "\(event)" + (filter.map { "[\($0)]" } ?? "") + (window.map { " \($0)" } ?? "")
  }
}

extension EventName: CustomStringConvertible {
  /// The name as the language writes it, quoted where needed; or `any`.
  public var description: String {
    switch self {
    case .any: "any"
    case .named(let name): Identifier.spell(name)
    }
  }
}

extension PropertyExpression: CustomStringConvertible {
  /// What stands in `[…]`, with no parentheses but those needed.
  public var description: String { text(inside: .or) }

  private func text(inside outer: SegmentExpression.Precedence) -> String {
    switch self {
    case .or(let operands):
      let text = operands.map { $0.text(inside: .and) }.joined(separator: " or ")
      return outer == .or ? text : "(\(text))"
    case .and(let operands):
      let text = operands.map { $0.text(inside: .not) }.joined(separator: " and ")
      return outer == .not ? "(\(text))" : text
    case .not(let operand):
      return "not " + operand.text(inside: .not)
    case .test(let name, let test):
      return "\(Identifier.spellPath(name)) \(test)"
    }
  }
}

extension ValueTest: CustomStringConvertible {
  /// `>= 100`, `not in ("a", "b")`, `is missing`
  public var description: String {
    switch self {
    case .compare(let comparison, let literal): "\(comparison.rawValue) \(literal)"
    case .isIn(let literals): "in (\(ValueTest.list(literals)))"
    case .isNotIn(let literals): "not in (\(ValueTest.list(literals)))"
    case .between(let low, let high): "between \(low) and \(high)"
    case .contains(let text): "contains \(QuotedText.quote(text))"
    case .exists: "exists"
    case .isMissing: "is missing"
    }
  }

  private static func list(_ literals: [Literal]) -> String {
    literals.map(\.description).joined(separator: ", ")
  }
}

extension Literal: CustomStringConvertible {
  /// The constant as the language writes it.
  public var description: String {
    switch self {
    case .text(let text): QuotedText.quote(text)
    case .number(let number): number.description
    case .boolean(let value): value ? "true" : "false"
    }
  }
}
