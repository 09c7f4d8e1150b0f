public import MartletModel

/// Each user's first event of the selection.
///
/// ```swift
/// First("Sign Up").in(.last(.days(14)))
/// First("Invoice Created").without("Invoice Created").within(.days(45))
/// ```
public struct First: SelectionCarrier, AnchorConvertible {
  public var selection: Selection

  /// - Parameter window: narrows the events of which the first is taken.
  public init(_ event: EventName, in window: Window? = nil) {
    selection = Selection(event, window: window)
  }

  var occurrence: Occurrence { Occurrence(.first, selection) }
  public var anchor: Anchor { .occurrence(occurrence) }

  /// Users whose first event lies in the window.
  public func `in`(_ window: Window) -> Segment { Segment(.occurrence(occurrence, window)) }
}

/// Each user's last event of the selection.
public struct Last: SelectionCarrier, AnchorConvertible {
  public var selection: Selection

  /// - Parameter window: narrows the events of which the last is taken.
  public init(_ event: EventName, in window: Window? = nil) {
    selection = Selection(event, window: window)
  }

  var occurrence: Occurrence { Occurrence(.last, selection) }
  public var anchor: Anchor { .occurrence(occurrence) }

  /// Users whose last event lies in the window.
  public func `in`(_ window: Window) -> Segment { Segment(.occurrence(occurrence, window)) }
}

/// Any event of the selection, as the start of a sequence or an absence:
/// `Start("Quote").without("Purchase").within(.days(30))`.
public struct Start: SelectionCarrier, AnchorConvertible {
  public var selection: Selection

  public init(_ event: EventName, in window: Window? = nil) {
    selection = Selection(event, window: window)
  }

  public var anchor: Anchor { .any(selection) }
}

/// What a sequence or an absence can start at: `Start`, `First`, `Last`.
public protocol AnchorConvertible: Sendable {
  var anchor: Anchor { get }
}

extension AnchorConvertible {
  /// Then, later, an event of the selection.
  public func then(_ next: Selection) -> Then { Then(anchor: anchor, steps: [next]) }

  /// And no later event of the selection.
  public func without(_ absent: Selection) -> Without { Without(anchor: anchor, absent: absent) }
}

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
