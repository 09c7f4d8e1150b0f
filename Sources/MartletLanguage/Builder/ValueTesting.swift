public import MartletModel

/// A property or a trait that can be tested; the tests say what they give.
public protocol ValueTesting: Sendable {
  associatedtype Condition
  func test(_ test: ValueTest) -> Condition
}

extension ValueTesting {
  public static func == (left: Self, right: Literal) -> Condition {
    left.test(.compare(.equal, right))
  }
  /// False on a missing value.
  public static func != (left: Self, right: Literal) -> Condition {
    left.test(.compare(.notEqual, right))
  }
  public static func < (left: Self, right: Literal) -> Condition {
    left.test(.compare(.less, right))
  }
  public static func <= (left: Self, right: Literal) -> Condition {
    left.test(.compare(.lessOrEqual, right))
  }
  public static func > (left: Self, right: Literal) -> Condition {
    left.test(.compare(.greater, right))
  }
  public static func >= (left: Self, right: Literal) -> Condition {
    left.test(.compare(.greaterOrEqual, right))
  }

  public func isIn(_ values: Literal...) -> Condition { test(.isIn(values)) }
  /// False on a missing value.
  public func isNotIn(_ values: Literal...) -> Condition { test(.isNotIn(values)) }
  /// Both ends included.
  public func between(_ low: Literal, _ high: Literal) -> Condition { test(.between(low, high)) }
  public func contains(_ text: Text) -> Condition { test(.contains(text)) }
  public var exists: Condition { test(.exists) }
  public var isMissing: Condition { test(.isMissing) }
}

/// An event's property in a filter: `Property("amount") >= 100 && Property("platform") == "ios"`.
public struct Property: ValueTesting {
  private let name: Text

  /// - Parameter name: the property's name, a dotted path where it is nested.
  public init(_ name: Text) { self.name = name }

  public func test(_ test: ValueTest) -> PropertyExpression { .test(name, test) }
}

/// A user's trait: `User("plan") == "trial"`.
public struct User: ValueTesting {
  private let trait: Text

  /// - Parameter trait: the trait's name, a dotted path where it is nested.
  public init(_ trait: Text) { self.trait = trait }

  public func test(_ test: ValueTest) -> Segment { Segment(.trait(trait, test)) }
}

extension PropertyExpression {
  /// Both hold of one event.
  public static func && (left: PropertyExpression, right: PropertyExpression) -> PropertyExpression
  {
    .conjunction(of: [left, right])
  }

  /// One or the other holds of one event, or both.
  public static func || (left: PropertyExpression, right: PropertyExpression) -> PropertyExpression
  {
    .disjunction(of: [left, right])
  }

  /// It does not hold of the event.
  public static prefix func ! (operand: PropertyExpression) -> PropertyExpression { .not(operand) }
}
