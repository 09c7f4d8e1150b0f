/// All of the conditions hold.
public struct And: SegmentConvertible {
  /// The condition as a segment.
  public let segment: Segment

  /// Combines the conditions; at least one.
  public init(@SegmentBuilder _ conditions: () -> [Segment]) {
    segment = Segment.combined(conditions()) { .conjunction(of: $0) }
  }
}
