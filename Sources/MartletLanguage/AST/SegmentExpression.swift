public import MartletModel

/// What defines a segment: the one syntax tree behind the text, JSON and builder forms.
public indirect enum SegmentExpression: Hashable, Sendable {
  /// The universe.
  case everyone
  /// `in "name"`: the members of a saved segment.
  case saved(Text)
  /// `user.plan = "trial"`
  case trait(Text, ValueTest)
  /// `did Purchase[amount >= 100] in last 30 days`
  case did(Selection)
  /// `did Share within 3 days after first("Sign Up")`
  case around(Selection, within: TimeSpan, side: Side, of: Occurrence)
  /// `count(Share) > count("Edit Photo")`
  case comparison(Measure, ComparisonOperator, Operand)
  /// `count("Sign In") >= 2 within any 1 day`; the operator is `>=` or `>`.
  case rolling(Selection, ComparisonOperator, Number, within: TimeSpan)
  /// `first("Sign Up") in last 14 days`
  case occurrence(Occurrence, Window)
  /// `A then B then C same p within 7 days`; at least one later step.
  case sequence(Anchor, then: [Selection], same: Text?, within: TimeSpan)
  /// `A without B same p within 7 days`
  case absence(Anchor, without: Selection, same: Text?, within: TimeSpan)
  case not(SegmentExpression)
  /// At least two operands.
  case and([SegmentExpression])
  /// At least two operands.
  case or([SegmentExpression])

  /// Which side of an occurrence `around` looks at.
  public enum Side: String, Hashable, Sendable { case after, before }
}

/// `first(selection)` or `last(selection)`: one event of each user that has any.
public struct Occurrence: Hashable, Sendable {
  public enum Position: String, Hashable, Sendable { case first, last }
  public var position: Position
  public var selection: Selection

  public init(_ position: Position, _ selection: Selection) {
    (self.position, self.selection) = (position, selection)
  }
}

/// Where a sequence or an absence starts.
public enum Anchor: Hashable, Sendable {
  /// Any event of the selection.
  case any(Selection)
  /// That one event.
  case occurrence(Occurrence)

  public var selection: Selection {
    switch self {
    case .any(let selection): selection
    case .occurrence(let occurrence): occurrence.selection
    }
  }
}
