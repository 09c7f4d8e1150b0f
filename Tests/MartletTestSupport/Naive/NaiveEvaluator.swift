public import MartletLanguage
public import MartletModel

/// Answers segment expressions by reading every event of every user: slow, and plainly right.
///
/// It shares nothing with the engine but the syntax tree and the nouns, so that the two can be
/// held against each other.
public struct NaiveEvaluator: Sendable {
  private let users: [NaiveUser]
  private let names: [Text: Int]

  /// Sorts the store's rows by user and time.
  public init(_ store: NaiveStore) {
    let index = NaiveIndex(store)
    (users, names) = (index.users, index.names)
  }

  /// Who matches, who is pending, and the universe, as of an instant.
  ///
  /// - Throws: `MartletError` where a saved segment is unknown or contains itself.
  public func evaluate(
    _ expression: SegmentExpression, asOf: Timestamp, timeZone: NaiveZone = .utc,
    savedSegments: [Text: SegmentExpression] = [:]
  ) throws -> NaiveAnswer {
    let reading = NaiveReading(
      names: names, users: users.filter { $0.firstSeen < asOf.milliseconds },
      asOf: asOf.milliseconds, zone: timeZone, savedSegments: savedSegments)
    let truths = try reading.truths(of: expression)
    func ids(_ wanted: Truth) -> Set<Text> {
      Set(zip(reading.users, truths).lazy.filter { $0.1 == wanted }.map { $0.0.id })
    }
    return NaiveAnswer(
      matched: ids(.yes), pending: ids(.pending), universe: Set(reading.users.map(\.id)))
  }
}
