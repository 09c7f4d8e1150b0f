public import MartletModel

/// A property or a trait that can be tested; the tests say what they give.
public protocol ValueTesting: Sendable {
  /// What a test gives: a filter for a property, a segment for a trait.
  associatedtype Condition
  /// The condition that the value passes the test.
  func test(_ test: ValueTest) -> Condition
}

extension ValueTesting {
  /// The value is equal to the other side.
  public static func == (left: Self, right: Literal) -> Condition {
    left.test(.compare(.equal, right))
  }
  /// False on a missing value.
  public static func != (left: Self, right: Literal) -> Condition {
    left.test(.compare(.notEqual, right))
  }
  /// The value is less than the other side.
  public static func < (left: Self, right: Literal) -> Condition {
    left.test(.compare(.less, right))
  }
  /// The value is at most the other side.
  public static func <= (left: Self, right: Literal) -> Condition {
    left.test(.compare(.lessOrEqual, right))
  }
  /// The value is more than the other side.
  public static func > (left: Self, right: Literal) -> Condition {
    left.test(.compare(.greater, right))
  }
  /// The value is at least the other side.
  public static func >= (left: Self, right: Literal) -> Condition {
    left.test(.compare(.greaterOrEqual, right))
  }

  /// Some of the values equals it.
  public func isIn(_ values: Literal...) -> Condition { test(.isIn(values)) }
  /// False on a missing value.
  public func isNotIn(_ values: Literal...) -> Condition { test(.isNotIn(values)) }
  /// Both ends included.
  public func between(_ low: Literal, _ high: Literal) -> Condition { test(.between(low, high)) }
  /// The text contains that text, byte for byte.
  public func contains(_ text: Text) -> Condition { test(.contains(text)) }
  /// The value is not missing.
  public var exists: Condition { test(.exists) }
  /// There is no value, or null.
  public var isMissing: Condition { test(.isMissing) }
}
