public import MartletModel

/// An event's property in a filter: `Property("amount") >= 100 && Property("platform") == "ios"`.
public struct Property: ValueTesting {
  private let name: Text

  /// - Parameter name: the property's name, a dotted path where it is nested.
  public init(_ name: Text) { self.name = name }

  /// The filter that the property passes the test.
  public func test(_ test: ValueTest) -> PropertyExpression { .test(name, test) }
}
