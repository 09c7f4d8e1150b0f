/// A condition on users: what stands in `Segment { … }`.
public protocol SegmentConvertible: Sendable {
  var segment: Segment { get }
}

extension SegmentConvertible {
  /// Both hold.
  public static func && (left: Self, right: some SegmentConvertible) -> Segment {
    Segment.combined([left.segment, right.segment]) { .conjunction(of: $0) }
  }

  /// One or the other holds, or both.
  public static func || (left: Self, right: some SegmentConvertible) -> Segment {
    Segment.combined([left.segment, right.segment]) { .disjunction(of: $0) }
  }

  /// It does not hold.
  public static prefix func ! (operand: Self) -> Segment {
    Segment.combined([operand.segment]) { .not($0[0]) }
  }
}

/// Collects the conditions of `Segment { … }`, `And { … }` and `Or { … }`; at least one.
@resultBuilder
public enum SegmentBuilder {
  public static func buildExpression(_ condition: some SegmentConvertible) -> [Segment] {
    [condition.segment]
  }

  /// A condition in the language: `"did Cancel"`.
  public static func buildExpression(_ condition: Segment) -> [Segment] { [condition] }

  public static func buildPartialBlock(first: [Segment]) -> [Segment] { first }

  public static func buildPartialBlock(
    accumulated: [Segment], next: [Segment]
  ) -> [Segment] { accumulated + next }

  public static func buildEither(first: [Segment]) -> [Segment] { first }

  public static func buildEither(second: [Segment]) -> [Segment] { second }
}
