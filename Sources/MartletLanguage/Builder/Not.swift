/// The condition does not hold: the complement within the universe.
public struct Not: SegmentConvertible {
  /// The condition as a segment.
  public let segment: Segment

  /// Negates one condition.
  public init(_ condition: some SegmentConvertible) { segment = !condition }

  /// Not all of the conditions hold.
  public init(@SegmentBuilder _ conditions: () -> [Segment]) { self.init(And(conditions)) }
}
