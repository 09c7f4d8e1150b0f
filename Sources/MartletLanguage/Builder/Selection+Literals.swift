import MartletModel

extension EventName: ExpressibleByStringLiteral {
  /// The event type of that name; `any` is `.any`.
  public init(stringLiteral value: String) { self = .named(Text(value)) }
}

extension Selection: ExpressibleByStringLiteral {
  /// All events of that type.
  public init(stringLiteral value: String) { self.init(EventName(stringLiteral: value)) }
}

extension Literal: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral
{
  /// The text.
  public init(stringLiteral value: String) { self = .text(Text(value)) }
  /// The number.
  public init(integerLiteral value: Int64) { self = .number(Number(value)) }
  /// - Precondition: a finite literal.
  public init(floatLiteral value: Double) { self = .number(Number(floatLiteral: value)) }
  /// The boolean.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
}
