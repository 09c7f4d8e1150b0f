/// A condition on users: what stands in `Segment { … }`.
public protocol SegmentConvertible: Sendable {
  /// The condition as a segment.
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
