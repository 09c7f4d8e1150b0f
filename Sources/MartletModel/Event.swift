/// One event of one user.
public struct Event: Hashable, Sendable {
  public var user: Text
  public var type: Text
  public var timestamp: Timestamp
  public var properties: [Text: Value]
  /// Events of one user and type with equal insert ids are one event, the first that arrived.
  public var insertID: Text?

  public init(
    user: Text, type: Text, at timestamp: Timestamp, _ properties: [Text: Value] = [:],
    insertID: Text? = nil
  ) {
    (self.user, self.type, self.timestamp) = (user, type, timestamp)
    (self.properties, self.insertID) = (properties, insertID)
  }
}

/// One identify call: values of some of a user's traits from an instant on.
public struct TraitUpdate: Hashable, Sendable {
  public var user: Text
  public var timestamp: Timestamp
  /// `.null` unsets the trait.
  public var traits: [Text: Value]

  public init(user: Text, at timestamp: Timestamp, _ traits: [Text: Value]) {
    (self.user, self.timestamp, self.traits) = (user, timestamp, traits)
  }
}
