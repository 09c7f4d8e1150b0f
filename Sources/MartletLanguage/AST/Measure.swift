public import MartletModel

/// A number per user.
public enum Measure: Hashable, Sendable {
  /// How many events.
  case count(Selection)
  /// On how many calendar days, in the question's zone.
  case days(Selection)
  /// A function of the property's values on the selected events.
  case aggregate(Aggregation, Selection, property: Text)
}

public enum Aggregation: String, Hashable, Sendable, CaseIterable {
  case sum, avg, min, max, distinct
}

/// The right side of a comparison of a measure.
public enum Operand: Hashable, Sendable {
  case number(Number)
  case measure(Measure)
}
