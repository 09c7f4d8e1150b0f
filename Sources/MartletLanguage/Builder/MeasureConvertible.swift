public import MartletModel

/// A number per user that can be compared with a number, or with another measure.
public protocol MeasureConvertible: Sendable {
  var measure: Measure { get }
}

extension MeasureConvertible {
  private func compared(_ comparison: ComparisonOperator, _ operand: Operand) -> Segment {
    Segment(.comparison(measure, comparison, operand))
  }

  public static func == (left: Self, right: Number) -> Segment {
    left.compared(.equal, .number(right))
  }
  public static func != (left: Self, right: Number) -> Segment {
    left.compared(.notEqual, .number(right))
  }
  public static func < (left: Self, right: Number) -> Segment {
    left.compared(.less, .number(right))
  }
  public static func <= (left: Self, right: Number) -> Segment {
    left.compared(.lessOrEqual, .number(right))
  }
  public static func > (left: Self, right: Number) -> Segment {
    left.compared(.greater, .number(right))
  }
  public static func >= (left: Self, right: Number) -> Segment {
    left.compared(.greaterOrEqual, .number(right))
  }

  public static func == (left: Self, right: some MeasureConvertible) -> Segment {
    left.compared(.equal, .measure(right.measure))
  }
  public static func != (left: Self, right: some MeasureConvertible) -> Segment {
    left.compared(.notEqual, .measure(right.measure))
  }
  public static func < (left: Self, right: some MeasureConvertible) -> Segment {
    left.compared(.less, .measure(right.measure))
  }
  public static func <= (left: Self, right: some MeasureConvertible) -> Segment {
    left.compared(.lessOrEqual, .measure(right.measure))
  }
  public static func > (left: Self, right: some MeasureConvertible) -> Segment {
    left.compared(.greater, .measure(right.measure))
  }
  public static func >= (left: Self, right: some MeasureConvertible) -> Segment {
    left.compared(.greaterOrEqual, .measure(right.measure))
  }
}
