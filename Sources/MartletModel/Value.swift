/// The value of a property or a trait.
public enum Value: Hashable, Sendable {
  case number(Number)
  case text(Text)
  case boolean(Bool)
  /// Scalars only; a comparison holds where it holds for some item.
  case list([Value])
  /// On an event: as if the property were not there. In a trait update: unsets the trait.
  case null
}

extension Value: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  public init(integerLiteral value: Int64) { self = .number(Number(value)) }
  public init(floatLiteral value: Double) { self = .number(Number(floatLiteral: value)) }
  public init(stringLiteral value: String) { self = .text(Text(value)) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(arrayLiteral elements: Value...) { self = .list(elements) }
}
