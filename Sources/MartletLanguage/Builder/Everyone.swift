/// The universe.
public struct Everyone: SegmentConvertible {
  /// Makes the condition that holds for every user.
  public init() {}

  /// The condition as a segment.
  public var segment: Segment { Segment(.everyone) }
}
