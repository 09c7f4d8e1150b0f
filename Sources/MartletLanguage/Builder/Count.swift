public import MartletModel

/// How many events: `Count("Purchase", in: .last(.days(90))) >= 3`.
public struct Count: MeasureConvertible, SelectionCarrier {
  /// The events.
  public var selection: Selection

  /// Selects the events of a type, or `.any`, in a window of time.
  public init(_ event: EventName, in window: Window? = nil) {
    selection = Selection(event, window: window)
  }

  /// The measure in the syntax tree.
  public var measure: Measure { .count(selection) }

  /// At least so many.
  public static func >= (count: Count, least: Number) -> CountComparison {
    CountComparison(selection: count.selection, comparison: .greaterOrEqual, number: least)
  }

  /// More than so many.
  public static func > (count: Count, most: Number) -> CountComparison {
    CountComparison(selection: count.selection, comparison: .greater, number: most)
  }
}
