extension PropertyExpression {
  /// Both hold of one event.
  public static func && (left: PropertyExpression, right: PropertyExpression) -> PropertyExpression
  {
    .conjunction(of: [left, right])
  }

  /// One or the other holds of one event, or both.
  public static func || (left: PropertyExpression, right: PropertyExpression) -> PropertyExpression
  {
    .disjunction(of: [left, right])
  }

  /// It does not hold of the event.
  public static prefix func ! (operand: PropertyExpression) -> PropertyExpression { .not(operand) }
}
