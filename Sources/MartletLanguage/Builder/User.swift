public import MartletModel

/// A user's trait: `User("plan") == "trial"`.
public struct User: ValueTesting {
  private let trait: Text

  /// - Parameter trait: the trait's name, a dotted path where it is nested.
  public init(_ trait: Text) { self.trait = trait }

  /// Users whose trait passes the test.
  public func test(_ test: ValueTest) -> Segment { Segment(.trait(trait, test)) }
}
