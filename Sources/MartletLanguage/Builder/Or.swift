/// Some of the conditions holds.
public struct Or: SegmentConvertible {
  /// The condition as a segment.
  public let segment: Segment

  /// Combines the conditions; at least one.
  public init(@SegmentBuilder _ conditions: () -> [Segment]) {
    segment = Segment.combined(conditions()) { .disjunction(of: $0) }
  }
}
