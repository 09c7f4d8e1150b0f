public import MartletModel

/// The greatest of a property's numbers; missing where there are none.
public struct Max: MeasureConvertible, SelectionCarrier {
  /// The events.
  public var selection: Selection
  private let property: Text

  /// Takes the property's values on the events of a type, in a window of time.
  public init(_ property: Text, of event: EventName, in window: Window? = nil) {
    (self.property, selection) = (property, Selection(event, window: window))
  }

  /// The measure in the syntax tree.
  public var measure: Measure { .aggregate(.max, selection, property: property) }
}
