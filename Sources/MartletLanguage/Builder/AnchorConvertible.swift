/// What a sequence or an absence can start at: `Start`, `First`, `Last`.
public protocol AnchorConvertible: Sendable {
  /// The anchor in the syntax tree.
  var anchor: Anchor { get }
}

extension AnchorConvertible {
  /// Then, later, an event of the selection.
  public func then(_ next: Selection) -> Then { Then(anchor: anchor, steps: [next]) }

  /// And no later event of the selection.
  public func without(_ absent: Selection) -> Without { Without(anchor: anchor, absent: absent) }
}
