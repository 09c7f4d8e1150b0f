/// Says that two ids are one user's. Timeless: it holds for all events, earlier ones included.
public struct IdentityLink: Hashable, Sendable {
  public enum Kind: UInt8, Hashable, Sendable {
    /// The id is an anonymous one of that user. The first such link of an id holds; an id that is
    /// known to be a user's own (another id's link leads to it) is not taken over.
    case alias = 0
    /// Both ids are users; the first becomes the second.
    case merge = 1
  }

  public var kind: Kind
  /// The id that becomes another's.
  public var from: EventBatch.Slice
  /// The id of the user.
  public var to: EventBatch.Slice

  public init(_ kind: Kind, from: EventBatch.Slice, to: EventBatch.Slice) {
    (self.kind, self.from, self.to) = (kind, from, to)
  }
}
