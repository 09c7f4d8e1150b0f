public import MartletLanguage
import MartletModel

/// Spells an expression in the segment language without any care for looks: every name quoted,
/// every operand in parentheses, every length of time in milliseconds.
///
/// Independent of the canonical printer, so reading this text back tests the parser alone.
public enum PlainText {
  public static func of(_ expression: SegmentExpression) -> String {
    switch expression {
    case .everyone: "everyone"
    case .saved(let name): "in \(quoted(name))"
    case .trait(let name, let test): "user.\(quoted(name)) \(text(test))"
    case .did(let selection): "did \(text(selection))"
    case .around(let selection, let span, let side, let occurrence):
      "did \(text(selection)) within \(text(span)) \(side.rawValue) \(text(occurrence))"
    case .comparison(let measure, let comparison, .number(let number)):
      "\(text(measure)) \(comparison.rawValue) \(text(number))"
    case .comparison(let measure, let comparison, .measure(let other)):
      "\(text(measure)) \(comparison.rawValue) \(text(other))"
    case .rolling(let selection, let comparison, let number, let span):
      "count(\(text(selection))) \(comparison.rawValue) \(text(number)) within any \(text(span))"
    case .occurrence(let occurrence, let window): text(occurrence) + text(window)
    case .sequence(let anchor, let steps, let property, let span):
      text(anchor) + steps.map { " then " + text($0) }.joined() + same(property)
        + " within \(text(span))"
    case .absence(let anchor, let selection, let property, let span):
      "\(text(anchor)) without \(text(selection))\(same(property)) within \(text(span))"
    case .not(let inner): "not (\(of(inner)))"
    case .and(let operands): operands.map { "(\(of($0)))" }.joined(separator: " and ")
    case .or(let operands): operands.map { "(\(of($0)))" }.joined(separator: " or ")
    }
  }

  private static func same(_ property: Text?) -> String {
    property.map { " same " + quoted($0) } ?? ""
  }

  private static func text(_ anchor: Anchor) -> String {
    switch anchor {
    case .any(let selection): text(selection)
    case .occurrence(let occurrence): text(occurrence)
    }
  }

  private static func text(_ occurrence: Occurrence) -> String {
    "\(occurrence.position.rawValue)(\(text(occurrence.selection)))"
  }

  private static func text(_ measure: Measure) -> String {
    switch measure {
    case .count(let selection): "count(\(text(selection)))"
    case .days(let selection): "days(\(text(selection)))"
    case .aggregate(let aggregation, let selection, let property):
      aggregation.rawValue + "(" + text(Selection(selection.event, filter: selection.filter)) + "."
        + quoted(property) + text(selection.window) + ")"
    }
  }

  private static func text(_ selection: Selection) -> String {
    let event =
      switch selection.event {
      case .any: "any"
      case .named(let name): quoted(name)
      }
    return event + (selection.filter.map { "[\(text($0))]" } ?? "") + text(selection.window)
  }

  private static func text(_ filter: PropertyExpression) -> String {
    switch filter {
    case .test(let name, let test): "\(quoted(name)) \(text(test))"
    case .not(let inner): "not (\(text(inner)))"
    case .and(let operands): operands.map { "(\(text($0)))" }.joined(separator: " and ")
    case .or(let operands): operands.map { "(\(text($0)))" }.joined(separator: " or ")
    }
  }

  private static func text(_ test: ValueTest) -> String {
    switch test {
    case .compare(let comparison, let literal): "\(comparison.rawValue) \(text(literal))"
    case .isIn(let literals): "in (\(literals.map(text).joined(separator: ", ")))"
    case .isNotIn(let literals): "not in (\(literals.map(text).joined(separator: ", ")))"
    case .between(let low, let high): "between \(text(low)) and \(text(high))"
    case .contains(let part): "contains \(quoted(part))"
    case .exists: "exists"
    case .isMissing: "is missing"
    }
  }

  private static func text(_ window: Window?) -> String {
    switch window {
    case nil: ""
    case .last(let span): " in last \(text(span))"
    case .range(let since, let before):
      (since.map { " since " + text($0) } ?? "") + (before.map { " before " + text($0) } ?? "")
    case .on(let date): " on \(date)"
    case .ago(let from, let to): " between \(text(from)) and \(text(to)) ago"
    case .lastCalendar(let count, let unit): " in last \(count) calendar \(unit.rawValue)s"
    case .this(let unit): " in this \(unit.rawValue)"
    }
  }
}
