public import MartletModel

/// A number per user that can be compared with a number, or with another measure.
public protocol MeasureConvertible: Sendable {
  /// The measure in the syntax tree.
  var measure: Measure { get }
}

extension MeasureConvertible {
  private func compared(_ comparison: ComparisonOperator, _ operand: Operand) -> Segment {
    Segment(.comparison(measure, comparison, operand))
  }

  /// The measure is equal to the other side.
  public static func == (left: Self, right: Number) -> Segment {
    left.compared(.equal, .number(right))
  }
  /// The measure differs from the other side; false where either is missing.
  public static func != (left: Self, right: Number) -> Segment {
    left.compared(.notEqual, .number(right))
  }
  /// The measure is less than the other side.
  public static func < (left: Self, right: Number) -> Segment {
    left.compared(.less, .number(right))
  }
  /// The measure is at most the other side.
  public static func <= (left: Self, right: Number) -> Segment {
    left.compared(.lessOrEqual, .number(right))
  }
  /// The measure is more than the other side.
  public static func > (left: Self, right: Number) -> Segment {
    left.compared(.greater, .number(right))
  }
  /// The measure is at least the other side.
  public static func >= (left: Self, right: Number) -> Segment {
    left.compared(.greaterOrEqual, .number(right))
  }

  /// The measure is equal to the other side.
  public static func == (left: Self, right: some MeasureConvertible) -> Segment {
    left.compared(.equal, .measure(right.measure))
  }
  /// The measure differs from the other side; false where either is missing.
  public static func != (left: Self, right: some MeasureConvertible) -> Segment {
    left.compared(.notEqual, .measure(right.measure))
  }
  /// The measure is less than the other side.
  public static func < (left: Self, right: some MeasureConvertible) -> Segment {
    left.compared(.less, .measure(right.measure))
  }
  /// The measure is at most the other side.
  public static func <= (left: Self, right: some MeasureConvertible) -> Segment {
    left.compared(.lessOrEqual, .measure(right.measure))
  }
  /// The measure is more than the other side.
  public static func > (left: Self, right: some MeasureConvertible) -> Segment {
    left.compared(.greater, .measure(right.measure))
  }
  /// The measure is at least the other side.
  public static func >= (left: Self, right: some MeasureConvertible) -> Segment {
    left.compared(.greaterOrEqual, .measure(right.measure))
  }
}
