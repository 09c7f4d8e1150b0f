/// What selects events and can be narrowed by their properties.
public protocol SelectionCarrier: Sendable {
  /// The events.
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
