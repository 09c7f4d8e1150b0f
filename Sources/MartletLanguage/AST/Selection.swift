public import MartletModel

/// Which events: a type or any, a filter over their properties, a window.
public struct Selection: Hashable, Sendable {
  public var event: EventName
  public var filter: PropertyExpression?
  public var window: Window?

  public init(_ event: EventName, filter: PropertyExpression? = nil, window: Window? = nil) {
    (self.event, self.filter, self.window) = (event, filter, window)
  }
}

/// An event type, or `any`.
public enum EventName: Hashable, Sendable {
  case any
  case named(Text)
}

/// What stands in `[...]`: a condition on one event's properties. Two-valued.
public indirect enum PropertyExpression: Hashable, Sendable {
  case test(Text, ValueTest)
  case not(PropertyExpression)
  /// At least two operands.
  case and([PropertyExpression])
  /// At least two operands.
  case or([PropertyExpression])
}

/// A condition on one value. On a missing value all but `isMissing` are false; on a list a
/// condition holds where it holds for some item (`exists` and `isMissing` see the list itself).
public enum ValueTest: Hashable, Sendable {
  case compare(ComparisonOperator, Literal)
  case isIn([Literal])
  case isNotIn([Literal])
  /// Both ends included.
  case between(Literal, Literal)
  case contains(Text)
  case exists
  case isMissing
}

/// A constant in a question.
public enum Literal: Hashable, Sendable {
  case text(Text)
  case number(Number)
  case boolean(Bool)
}

public enum ComparisonOperator: String, Hashable, Sendable, CaseIterable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}
