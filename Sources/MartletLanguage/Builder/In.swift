public import MartletModel

/// The members of a saved segment.
public struct In: SegmentConvertible {
  /// The condition as a segment.
  public let segment: Segment

  /// Names the saved segment.
  public init(_ name: Text) { segment = Segment(.saved(name)) }
}
