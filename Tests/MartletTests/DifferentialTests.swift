import Foundation
import Martlet
import MartletTestSupport
import Testing

/// Random questions about random histories: the engine against the plain evaluator, in each
/// physical form, and the laws that tie answers together.
///
/// `MARTLET_DIFFERENTIAL_QUESTIONS` and `MARTLET_DIFFERENTIAL_SEED` set how many and which.
struct DifferentialTests {
  private static func setting(_ name: String, _ standard: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? standard
  }

  @Test func agreesWithThePlainReading() throws {
    let questionCount = Self.setting("MARTLET_DIFFERENTIAL_QUESTIONS", 2000)
    let seed = UInt64(Self.setting("MARTLET_DIFFERENTIAL_SEED", 1))
    let perHistory = 50
    var failures = 0
    for history in 0..<max(1, questionCount / perHistory) {
      let historySeed = seed &* 1_000_003 &+ UInt64(history)
      failures += try compare(historySeed: historySeed, questions: perHistory)
      if failures > 5 { break }
    }
    #expect(failures == 0, "seed \(seed)")
  }

  /// Asks some questions about one history; returns how many answers differ.
  private func compare(historySeed: UInt64, questions: Int) throws -> Int {
    let size = Int(historySeed % 4)
    let rows = RandomEvents(
      userCount: [3, 12, 40, 200][size], rowCount: [30, 150, 600, 2000][size]
    ).rows(seed: historySeed)
    let naive = NaiveEvaluator(NaiveStore(rows))
    let snapshots = try [1, 2, 7].map { try Self.store(rows, commits: $0) }
    var failures = 0
    for number in 0..<questions {
      let questionSeed = historySeed &* 131 &+ UInt64(number)
      let question = RandomQuestion(about: rows, seed: questionSeed)
      for temporary in snapshots {
        if let difference = try Self.difference(question, naive, temporary) {
          Issue.record(
            "history \(historySeed): \(difference)\n\(Repro.line(question, seed: questionSeed))")
          failures += 1
          break
        }
      }
    }
    return failures
  }

  private static func store(_ rows: [ArrivalRow], commits: Int) throws -> TemporaryStore {
    let temporary = try TemporaryStore()
    for part in 0..<commits {
      try temporary.append(
        rows[rows.count * part / commits..<rows.count * (part + 1) / commits])
      try temporary.store.commit()
    }
    return temporary
  }

  private static func difference(
    _ question: RandomQuestion, _ naive: NaiveEvaluator, _ temporary: TemporaryStore
  ) throws -> String? {
    for (name, expression) in question.savedSegments {
      try temporary.store.saveSegment(name, Segment(expression))
    }
    let zone = try #require(NaiveZone(question.timeZone))
    let expected = try naive.evaluate(
      question.expression, asOf: question.asOf, timeZone: zone,
      savedSegments: question.savedSegments)
    let snapshot = try temporary.store.snapshot()
    let options = QuestionOptions(
      asOf: question.asOf, timeZone: question.timeZone, allowsUnknownEventTypes: true)
    let answer = try snapshot.answer(Segment(question.expression), options)
    var actual = try TemporaryStore.naive(answer, snapshot)
    guard answer.universe == expected.universe.count else {
      return "universe \(answer.universe), expected \(expected.universe.count)"
    }
    actual = NaiveAnswer(
      matched: actual.matched, pending: actual.pending, universe: expected.universe)
    guard actual.matched == expected.matched, actual.pending == expected.pending else {
      return Repro.difference(expected: expected, actual: actual)
    }
    // The law of the excluded middle, with a third value.
    let negated = try snapshot.answer(Segment(.not(question.expression)), options)
    guard answer.count + negated.count + answer.pending == answer.universe,
      negated.pending == answer.pending
    else { return "count(p) + count(not p) + pending is not the universe" }
    return nil
  }
}
