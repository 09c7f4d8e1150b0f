import MartletModel

extension SegmentExpression: CustomStringConvertible {
  /// The canonical text: it parses to an equal tree, with no parentheses or quotes but those
  /// needed, durations in the largest of days, hours, minutes, seconds and ms that divides them,
  /// instants in UTC.
  /// - Complexity: O(length of the text × depth).
  public var description: String { text(inside: .or) }

  /// How tightly an operator binds.
  enum Precedence: Int {
    case or, and, not
  }

  private func text(inside outer: Precedence) -> String {
    switch self {
    case .or(let operands):
      let text = operands.map { $0.text(inside: .and) }.joined(separator: " or ")
      return outer.rawValue > Precedence.or.rawValue ? "(\(text))" : text
    case .and(let operands):
      let text = operands.map { $0.text(inside: .not) }.joined(separator: " and ")
      return outer.rawValue > Precedence.and.rawValue ? "(\(text))" : text
    case .not(let operand):
      return "not " + operand.text(inside: .not)
    default:
      return predicateText
    }
  }

  private var predicateText: String {
    switch self {
    case .everyone: return "everyone"
    case .saved(let name): return "in \(Identifier.spell(name))"
    case .trait(let name, let test): return "user.\(Identifier.spellPath(name)) \(test)"
    case .did(let selection): return "did \(selection)"
    case .around(let selection, let span, let side, let occurrence):
      return "did \(selection) within \(span) \(side.rawValue) \(occurrence)"
    case .comparison(let measure, let comparison, let operand):
      return "\(measure) \(comparison.rawValue) \(operand)"
    case .rolling(let selection, let comparison, let number, let span):
      return "count(\(selection)) \(comparison.rawValue) \(number) within any \(span)"
    case .occurrence(let occurrence, let window): return "\(occurrence) \(window)"
    case .sequence(let anchor, let steps, let same, let span):
      let chain = steps.map { " then \($0)" }.joined()
      return "\(anchor)\(chain)\(sameText(same)) within \(span)"
    case .absence(let anchor, let absent, let same, let span):
      return "\(anchor) without \(absent)\(sameText(same)) within \(span)"
    case .not, .and, .or: preconditionFailure("an operator is no predicate")
    }
  }

  private func sameText(_ property: Text?) -> String {
    property.map { " same \(Identifier.spellPath($0))" } ?? ""
  }
}

extension Occurrence: CustomStringConvertible {
  /// `first("Sign Up")`
  public var description: String { "\(position.rawValue)(\(selection))" }
}

extension Anchor: CustomStringConvertible {
  /// `Quote`, or `first(Quote)`
  public var description: String {
    switch self {
    case .any(let selection): selection.description
    case .occurrence(let occurrence): occurrence.description
    }
  }
}

extension Measure: CustomStringConvertible {
  /// `sum(Purchase.amount in last 90 days)`
  public var description: String {
    switch self {
    case .count(let selection): return "count(\(selection))"
    case .days(let selection): return "days(\(selection))"
    case .aggregate(let aggregation, let selection, let property):
      var events = selection
      events.window = nil
      let window = selection.window.map { " \($0)" } ?? ""
      return "\(aggregation.rawValue)(\(events).\(Identifier.spellPath(property))\(window))"
    }
  }
}

extension Operand: CustomStringConvertible {
  /// The number, or the measure as the language writes it.
  public var description: String {
    switch self {
    case .number(let number): number.description
    case .measure(let measure): measure.description
    }
  }
}
