public import MartletModel

/// How many events: `Count("Purchase", in: .last(.days(90))) >= 3`.
public struct Count: MeasureConvertible, SelectionCarrier {
  public var selection: Selection

  public init(_ event: EventName, in window: Window? = nil) {
    selection = Selection(event, window: window)
  }

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

/// A count that is large enough, over all time or in a rolling window:
/// `(Count("Sign In") >= 2).withinAny(.days(1))`.
public struct CountComparison: SegmentConvertible {
  let selection: Selection
  let comparison: ComparisonOperator
  let number: Number

  public var segment: Segment {
    Segment(.comparison(.count(selection), comparison, .number(number)))
  }

  /// So many events that span less than this.
  public func withinAny(_ span: TimeSpan) -> Segment {
    Segment(.rolling(selection, comparison, number, within: span))
  }
}

/// On how many calendar days: `Days(.any, in: .last(.days(30))) >= 5`.
public struct Days: MeasureConvertible, SelectionCarrier {
  public var selection: Selection

  public init(_ event: EventName, in window: Window? = nil) {
    selection = Selection(event, window: window)
  }

  public var measure: Measure { .days(selection) }
}

/// The sum of a property's numbers: `Sum("amount", of: "Purchase") >= 500`.
public struct Sum: MeasureConvertible, SelectionCarrier {
  public var selection: Selection
  private let property: Text

  public init(_ property: Text, of event: EventName, in window: Window? = nil) {
    (self.property, selection) = (property, Selection(event, window: window))
  }

  public var measure: Measure { .aggregate(.sum, selection, property: property) }
}

/// The average of a property's numbers; missing where there are none.
public struct Avg: MeasureConvertible, SelectionCarrier {
  public var selection: Selection
  private let property: Text

  public init(_ property: Text, of event: EventName, in window: Window? = nil) {
    (self.property, selection) = (property, Selection(event, window: window))
  }

  public var measure: Measure { .aggregate(.avg, selection, property: property) }
}

/// The least of a property's numbers; missing where there are none.
public struct Min: MeasureConvertible, SelectionCarrier {
  public var selection: Selection
  private let property: Text

  public init(_ property: Text, of event: EventName, in window: Window? = nil) {
    (self.property, selection) = (property, Selection(event, window: window))
  }

  public var measure: Measure { .aggregate(.min, selection, property: property) }
}

/// The greatest of a property's numbers; missing where there are none.
public struct Max: MeasureConvertible, SelectionCarrier {
  public var selection: Selection
  private let property: Text

  public init(_ property: Text, of event: EventName, in window: Window? = nil) {
    (self.property, selection) = (property, Selection(event, window: window))
  }

  public var measure: Measure { .aggregate(.max, selection, property: property) }
}

/// How many different values a property has: `Distinct("page", of: "Page View") >= 10`.
public struct Distinct: MeasureConvertible, SelectionCarrier {
  public var selection: Selection
  private let property: Text

  public init(_ property: Text, of event: EventName, in window: Window? = nil) {
    (self.property, selection) = (property, Selection(event, window: window))
  }

  public var measure: Measure { .aggregate(.distinct, selection, property: property) }
}
