/// Users with some event of the selection.
///
/// ```swift
/// Did("Purchase", in: .last(.days(30))).where(Property("amount") >= 100)
/// Did("Share").within(.days(3), after: First("Sign Up"))
/// ```
public struct Did: SegmentConvertible, SelectionCarrier {
  /// The events.
  public var selection: Selection

  /// Selects the events of a type, or `.any`, in a window of time.
  public init(_ event: EventName, in window: Window? = nil) {
    selection = Selection(event, window: window)
  }

  /// The condition as a segment.
  public var segment: Segment { Segment(.did(selection)) }

  /// Later than that event, by less than the span.
  public func within(_ span: TimeSpan, after first: First) -> Segment {
    around(span, .after, first.occurrence)
  }

  /// Later than that event, by less than the span.
  public func within(_ span: TimeSpan, after last: Last) -> Segment {
    around(span, .after, last.occurrence)
  }

  /// Earlier than that event, by at most the span.
  public func within(_ span: TimeSpan, before first: First) -> Segment {
    around(span, .before, first.occurrence)
  }

  /// Earlier than that event, by at most the span.
  public func within(_ span: TimeSpan, before last: Last) -> Segment {
    around(span, .before, last.occurrence)
  }

  private func around(
    _ span: TimeSpan, _ side: SegmentExpression.Side, _ occurrence: Occurrence
  ) -> Segment {
    Segment(.around(selection, within: span, side: side, of: occurrence))
  }
}
