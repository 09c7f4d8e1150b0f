/// Any event of the selection, as the start of a sequence or an absence:
/// `Start("Quote").without("Purchase").within(.days(30))`.
public struct Start: SelectionCarrier, AnchorConvertible {
  /// The events.
  public var selection: Selection

  /// Selects the events of a type, or `.any`, in a window of time.
  public init(_ event: EventName, in window: Window? = nil) {
    selection = Selection(event, window: window)
  }

  /// The anchor in the syntax tree.
  public var anchor: Anchor { .any(selection) }
}
