public import MartletModel

/// An absence in the making: `Start("Quote").without("Purchase").within(.days(30))`.
public struct Without: Sendable {
  let anchor: Anchor
  let absent: Selection
  var property: Text?

  /// Both events carry the property, with one value.
  public func same(_ property: Text) -> Without {
    var narrowed = self
    narrowed.property = property
    return narrowed
  }

  /// None follows by less than the span.
  public func within(_ span: TimeSpan) -> Segment {
    Segment(.absence(anchor, without: absent, same: property, within: span))
  }
}
