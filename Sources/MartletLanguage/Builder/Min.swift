public import MartletModel

/// The least of a property's numbers; missing where there are none.
public struct Min: MeasureConvertible, SelectionCarrier {
  /// The events.
  public var selection: Selection
  private let property: Text

  /// Takes the property's values on the events of a type, in a window of time.
  public init(_ property: Text, of event: EventName, in window: Window? = nil) {
    (self.property, selection) = (property, Selection(event, window: window))
  }

  /// The measure in the syntax tree.
  public var measure: Measure { .aggregate(.min, selection, property: property) }
}
