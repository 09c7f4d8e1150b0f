public import MartletLanguage
public import MartletModel

/// A random segment expression with all that it takes to answer it.
public struct RandomQuestion: Sendable {
  public var expression: SegmentExpression
  public var asOf: Timestamp
  /// An IANA name.
  public var timeZone: String
  /// None of them refers to another.
  public var savedSegments: [Text: SegmentExpression]

  /// Draws a question about a history of `RandomEvents`.
  /// - Precondition: there are rows.
  public init(about rows: [ArrivalRow], seed: UInt64) {
    var expressions = RandomExpression(about: rows, seed: seed)
    var saved: [Text: SegmentExpression] = [:]
    for name in Vocabulary.savedNames { saved[name] = expressions.next(depth: 1) }
    savedSegments = saved
    expressions.savedNames = Vocabulary.savedNames
    timeZone = expressions.random.pick(Vocabulary.zones)
    asOf = expressions.asOf()
    expression = expressions.next(depth: 3)
  }
}
