import Foundation
import Martlet
import MartletTestSupport
import Testing

/// Random questions about random histories: the engine against the plain reading, in each physical
/// form, and the law that ties an answer to its negation.
///
/// `MARTLET_DIFFERENTIAL_QUESTIONS` and `MARTLET_DIFFERENTIAL_SEED` set how many and which.
struct DifferentialTests {
  private static func setting(_ name: String, _ standard: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? standard
  }

  /// How many commits the rows are spread over: one segment file, a few, many.
  @Test(arguments: [1, 3, 9])
  func agreesWithThePlainReading(_ commits: Int) throws {
    let questions = Self.setting("MARTLET_DIFFERENTIAL_QUESTIONS", 2100) / 3
    let seed = UInt64(Self.setting("MARTLET_DIFFERENTIAL_SEED", 1) * 1_000_000)
    var differential = Differential { rows in try Self.open(rows, commits: commits) }
    differential.questionsPerHistory = 70
    let histories = UInt64(max(1, questions / differential.questionsPerHistory))
    for (users, rows) in [(3, 40), (8, 240), (60, 900)] {
      differential.events = RandomEvents(userCount: users, rowCount: rows)
      let share = max(1, histories / 3)
      let start = seed + UInt64(users) * 10_000
      #expect(differential.firstDisagreement(seeds: start..<start + share) == nil)
    }
  }

  private static func open(
    _ rows: [ArrivalRow], commits: Int
  ) throws -> (RandomQuestion) throws -> NaiveAnswer {
    let temporary = try TemporaryStore()
    for part in 0..<commits {
      try temporary.append(
        rows[rows.count * part / commits..<rows.count * (part + 1) / commits])
      try temporary.store.commit()
    }
    var saved: [Text: SegmentExpression] = [:]
    return { question in
      let parsed = try SegmentExpression.parse(question.expression.description)
      for name in parsed.occurrences where name.role == .savedSegment {
        guard let definition = question.savedSegments[name.name],
          saved[name.name] != definition
        else { continue }
        try temporary.store.saveSegment(name.name, Segment(definition))
        saved[name.name] = definition
      }
      return try answer(question, temporary)
    }
  }

  private struct LawBroken: Error {}

  private static func answer(
    _ question: RandomQuestion, _ temporary: TemporaryStore
  ) throws -> NaiveAnswer {
    let snapshot = try temporary.store.snapshot()
    let options = QuestionOptions(
      asOf: question.asOf, timeZone: question.timeZone, allowsUnknownEventTypes: true)
    let answer = try snapshot.answer(Segment(question.expression), options)
    let negated = try snapshot.answer(Segment(.not(question.expression)), options)
    guard answer.count + negated.count + answer.pending == answer.universe,
      negated.pending == answer.pending
    else { throw LawBroken() }
    func ids(_ segment: SegmentAnswer) throws -> Set<Text> {
      var ids: Set<Text> = []
      try snapshot.forEachUser(of: segment.matched) { ids.insert($0) }
      return ids
    }
    var pending: Set<Text> = []
    try snapshot.forEachUser(of: answer.pendingUsers) { pending.insert($0) }
    let everyone = try snapshot.answer(Segment(.everyone), options)
    return NaiveAnswer(matched: try ids(answer), pending: pending, universe: try ids(everyone))
  }
}
