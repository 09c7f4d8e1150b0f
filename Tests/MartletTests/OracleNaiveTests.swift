import Foundation
import MartletLanguage
import MartletModel
import MartletTestSupport
import Testing

/// Whether the evaluator that the engine is held against is itself right: against answers that
/// others worked out over real events, and against the rules' small cases.
struct OracleNaiveTests {
  @Test(arguments: MeaningCase.all)
  func meansWhatTheRulesSay(_ item: MeaningCase) throws {
    let evaluator = NaiveEvaluator(NaiveStore(item.rows))
    for question in item.questions {
      let zone = try #require(NaiveZone(question.timeZone))
      let asOf = try #require(PlainTime(question.asOf)).instant(in: zone)
      let answer = try evaluator.evaluate(
        try SegmentExpression(parsing: question.expression), asOf: asOf, timeZone: zone)
      #expect(answer.matched == question.matched, "\(item.rule): \(question)")
      #expect(answer.pending == question.pending, "\(item.rule): \(question)")
    }
  }

  /// Every answer about the small shop; an optimised build takes the others whole too.
  @Test(arguments: ["shop", "cdnow"])
  func agreesWithKnownAnswers(_ name: String) throws {
    let events = try #require(
      Bundle.module.path(forResource: name, ofType: "ndjson.gz", inDirectory: "Resources"))
    let answers = try #require(
      Bundle.module.path(forResource: name, ofType: "json", inDirectory: "Resources"))
    #if DEBUG
      // Unoptimised, all of cdnow would take minutes.
      let step = name == "shop" ? 1 : 12
    #else
      let step = 1
    #endif
    try expectAgreement(events: events, answers: answers, everyNth: step)
  }

  #if !DEBUG
    /// The larger data sets, where `MARTLET_TEST_DATA` says where they are.
    @Test(
      .enabled(if: ProcessInfo.processInfo.environment["MARTLET_TEST_DATA"] != nil),
      arguments: ["messy", "github", "online-retail"])
    func agreesWithKnownAnswersAboutLargeData(_ name: String) throws {
      let folder = try #require(ProcessInfo.processInfo.environment["MARTLET_TEST_DATA"])
      try expectAgreement(
        events: "\(folder)/events/\(name).ndjson.gz", answers: "\(folder)/oracles/\(name).json",
        everyNth: 1)
    }
  #endif

  private func expectAgreement(events: String, answers: String, everyNth step: Int) throws {
    let rows = try CanonicalNDJSON.rows(try Gunzip.contents(ofFile: events))
    let evaluator = NaiveEvaluator(NaiveStore(rows))
    let known = try OracleFile.load(answers).answers
    #expect(known.count > 50, "an oracle without answers shows nothing")
    for place in stride(from: 0, to: known.count, by: step) {
      let zone = try #require(NaiveZone(known[place].timeZone))
      let asOf = try #require(known[place].instant(in: zone))
      let expression = try SegmentExpression(parsing: known[place].expression)
      let answer = try evaluator.evaluate(expression, asOf: asOf, timeZone: zone)
      #expect(
        known[place].agrees(with: answer),
        "\(known[place]) but \(answer.matched.count) and \(answer.pending.count) pending")
    }
  }
}
