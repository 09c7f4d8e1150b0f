import MartletModel

/// What selects events and can be narrowed by their properties.
public protocol SelectionCarrier: Sendable {
  var selection: Selection { get set }
}

extension SelectionCarrier {
  /// The same, of the events for which the filter holds too.
  public func `where`(_ filter: PropertyExpression) -> Self {
    var narrowed = self
    narrowed.selection = selection.where(filter)
    return narrowed
  }
}

extension Selection {
  /// The selected events for which the filter holds too.
  public func `where`(_ filter: PropertyExpression) -> Selection {
    var narrowed = self
    narrowed.filter = self.filter.map { .conjunction(of: [$0, filter]) } ?? filter
    return narrowed
  }

  /// The selection with that window.
  public func `in`(_ window: Window) -> Selection {
    Selection(event, filter: filter, window: window)
  }
}

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
  public init(stringLiteral value: String) { self = .text(Text(value)) }
  public init(integerLiteral value: Int64) { self = .number(Number(value)) }
  /// - Precondition: a finite literal.
  public init(floatLiteral value: Double) { self = .number(Number(floatLiteral: value)) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
}
