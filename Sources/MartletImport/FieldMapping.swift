/// Where a row says who, what and when: the names of its four own fields.
///
/// A name is a top-level key (or a column of a CSV file), or a dotted path such as
/// `context.user.id`. The fields themselves are not properties of the event.
public struct FieldMapping: Hashable, Sendable {
  /// The user id; a string or a number.
  public var user: String
  /// The event type; a string.
  public var event: String
  /// The instant of the event.
  public var time: String
  /// What makes replays recognisable; a string or a number. Optional in the data.
  public var insertID: String

  public init(
    user: String = "user_id", event: String = "event", time: String = "timestamp",
    insertID: String = "insert_id"
  ) {
    (self.user, self.event, self.time, self.insertID) = (user, event, time, insertID)
  }
}
