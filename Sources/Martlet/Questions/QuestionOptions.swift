import MartletFiles
public import MartletModel

/// The instant, the zone and the strictness of a question.
public struct QuestionOptions: Hashable, Sendable {
  /// Events and trait values at or after this instant do not exist. Default nil: now.
  public var asOf: Timestamp?
  /// The IANA name of the zone of calendar days and of times without a zone. Default `UTC`.
  public var timeZone: String
  /// Whether an event type that the store does not know selects nothing; otherwise it is an error.
  /// Default false.
  public var allowsUnknownEventTypes: Bool

  public init(
    asOf: Timestamp? = nil, timeZone: String = "UTC", allowsUnknownEventTypes: Bool = false
  ) {
    (self.asOf, self.timeZone) = (asOf, timeZone)
    self.allowsUnknownEventTypes = allowsUnknownEventTypes
  }
}
