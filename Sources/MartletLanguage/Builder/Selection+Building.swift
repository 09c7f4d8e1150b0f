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
