public import MartletModel

/// A sequence in the making: `Start("Sign Up").then("Invite").then("Upgrade").within(.days(14))`.
public struct Then: Sendable {
  let anchor: Anchor
  var steps: [Selection]
  var property: Text?

  /// Then, later, an event of the selection.
  public func then(_ next: Selection) -> Then {
    var longer = self
    longer.steps.append(next)
    return longer
  }

  /// All steps carry the property, with one value.
  public func same(_ property: Text) -> Then {
    var narrowed = self
    narrowed.property = property
    return narrowed
  }

  /// The last step follows the first by less than the span.
  public func within(_ span: TimeSpan) -> Segment {
    Segment(.sequence(anchor, then: steps, same: property, within: span))
  }
}
