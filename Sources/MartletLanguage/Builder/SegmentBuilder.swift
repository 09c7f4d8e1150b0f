/// Collects the conditions of `Segment { … }`, `And { … }` and `Or { … }`; at least one.
@resultBuilder
public enum SegmentBuilder {
  /// A condition in Swift.
  public static func buildExpression(_ condition: some SegmentConvertible) -> [Segment] {
    [condition.segment]
  }

  /// A condition in the language: `"did Cancel"`.
  public static func buildExpression(_ condition: Segment) -> [Segment] { [condition] }

  /// The first condition.
  public static func buildPartialBlock(first: [Segment]) -> [Segment] { first }

  /// One condition more.
  public static func buildPartialBlock(
    accumulated: [Segment], next: [Segment]
  ) -> [Segment] { accumulated + next }

  /// The conditions of `if`.
  public static func buildEither(first: [Segment]) -> [Segment] { first }

  /// The conditions of `else`.
  public static func buildEither(second: [Segment]) -> [Segment] { second }
}
