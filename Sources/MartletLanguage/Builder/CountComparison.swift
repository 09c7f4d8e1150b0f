import MartletModel

/// A count that is large enough, over all time or in a rolling window:
/// `(Count("Sign In") >= 2).withinAny(.days(1))`.
public struct CountComparison: SegmentConvertible {
  let selection: Selection
  let comparison: ComparisonOperator
  let number: Number

  /// The condition as a segment.
  public var segment: Segment {
    Segment(.comparison(.count(selection), comparison, .number(number)))
  }

  /// So many events that span less than this.
  public func withinAny(_ span: TimeSpan) -> Segment {
    Segment(.rolling(selection, comparison, number, within: span))
  }
}
