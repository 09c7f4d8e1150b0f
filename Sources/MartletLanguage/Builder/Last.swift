/// Each user's last event of the selection.
public struct Last: SelectionCarrier, AnchorConvertible {
  /// The events.
  public var selection: Selection

  /// - Parameter window: narrows the events of which the last is taken.
  public init(_ event: EventName, in window: Window? = nil) {
    selection = Selection(event, window: window)
  }

  var occurrence: Occurrence { Occurrence(.last, selection) }
  /// The anchor in the syntax tree.
  public var anchor: Anchor { .occurrence(occurrence) }

  /// Users whose last event lies in the window.
  public func `in`(_ window: Window) -> Segment { Segment(.occurrence(occurrence, window)) }
}
