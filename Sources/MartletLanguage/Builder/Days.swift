/// On how many calendar days: `Days(.any, in: .last(.days(30))) >= 5`.
public struct Days: MeasureConvertible, SelectionCarrier {
  /// The events.
  public var selection: Selection

  /// Selects the events of a type, or `.any`, in a window of time.
  public init(_ event: EventName, in window: Window? = nil) {
    selection = Selection(event, window: window)
  }

  /// The measure in the syntax tree.
  public var measure: Measure { .days(selection) }
}
