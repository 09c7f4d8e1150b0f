public import MartletModel

/// A small history and what the rules say about it, worked out by hand.
public struct MeaningCase: Sendable, CustomStringConvertible {
  /// A question and who is in, who is pending; ids are one letter each.
  public struct Question: Sendable, CustomStringConvertible {
    public var expression: String
    /// A date or time; without an offset it is in `timeZone`.
    public var asOf: String
    public var timeZone: String
    public var matched: Set<Text>
    public var pending: Set<Text>

    public init(
      _ expression: String, _ matched: String, pending: String = "", asOf: String = "2026-06-01",
      timeZone: String = "UTC"
    ) {
      (self.expression, self.asOf, self.timeZone) = (expression, asOf, timeZone)
      self.matched = Set(matched.unicodeScalars.map { Text(String($0)) })
      self.pending = Set(pending.unicodeScalars.map { Text(String($0)) })
    }

    public var description: String { "\(expression) · as of \(asOf) · \(timeZone)" }
  }

  /// The rule in question.
  public var rule: String
  /// In arrival order.
  public var rows: [ArrivalRow]
  public var questions: [Question]

  public var description: String { rule }

  public static let all = times + zones + orders + absences + values + measures + identities

  init(_ rule: String, _ rows: [ArrivalRow], _ questions: [Question]) {
    (self.rule, self.rows, self.questions) = (rule, rows, questions)
  }

  static func event(
    _ user: Text, _ type: Text, _ time: String, _ properties: [Text: Value] = [:], id: Text? = nil
  ) -> ArrivalRow {
    .event(Event(user: user, type: type, at: instant(time), properties, insertID: id))
  }

  static func identify(_ user: Text, _ time: String, _ traits: [Text: Value]) -> ArrivalRow {
    .traits(TraitUpdate(user: user, at: instant(time), traits))
  }

  private static func instant(_ text: String) -> Timestamp {
    guard let time = PlainTime(text) else { preconditionFailure("not a time: \(text)") }
    return time.instant(in: .utc)
  }
}
