/// Each user's first event of the selection.
///
/// ```swift
/// First("Sign Up").in(.last(.days(14)))
/// First("Invoice Created").without("Invoice Created").within(.days(45))
/// ```
public struct First: SelectionCarrier, AnchorConvertible {
  /// The events.
  public var selection: Selection

  /// - Parameter window: narrows the events of which the first is taken.
  public init(_ event: EventName, in window: Window? = nil) {
    selection = Selection(event, window: window)
  }

  var occurrence: Occurrence { Occurrence(.first, selection) }
  /// The anchor in the syntax tree.
  public var anchor: Anchor { .occurrence(occurrence) }

  /// Users whose first event lies in the window.
  public func `in`(_ window: Window) -> Segment { Segment(.occurrence(occurrence, window)) }
}
