public import MartletModel

/// The sum of a property's numbers: `Sum("amount", of: "Purchase") >= 500`.
public struct Sum: MeasureConvertible, SelectionCarrier {
  /// The events.
  public var selection: Selection
  private let property: Text

  /// Takes the property's values on the events of a type, in a window of time.
  public init(_ property: Text, of event: EventName, in window: Window? = nil) {
    (self.property, selection) = (property, Selection(event, window: window))
  }

  /// The measure in the syntax tree.
  public var measure: Measure { .aggregate(.sum, selection, property: property) }
}
