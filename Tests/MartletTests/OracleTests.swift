import Foundation
import Martlet
import MartletTestSupport
import Testing

/// Answers that others worked out over real events.
struct OracleTests {
  @Test(arguments: ["shop", "cdnow"])
  func agreesWithKnownAnswers(_ name: String) throws {
    let events = try #require(
      Bundle.module.path(forResource: name, ofType: "ndjson.gz", inDirectory: "Resources"))
    let answers = try #require(
      Bundle.module.path(forResource: name, ofType: "json", inDirectory: "Resources"))
    #if DEBUG
      let step = name == "shop" ? 1 : 4
    #else
      let step = 1
    #endif
    try expectAgreement(events: events, answers: answers, commits: 1, everyNth: step)
    try expectAgreement(events: events, answers: answers, commits: 5, everyNth: step)
  }

  #if DEBUG
    private static let largeStep = 10
  #else
    private static let largeStep = 1
  #endif

  /// The larger data sets, where `MARTLET_TEST_DATA` says where they are; a sample of the answers
  /// where the build is not optimised.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["MARTLET_TEST_DATA"] != nil),
    arguments: ["messy", "github", "online-retail"])
  func agreesWithKnownAnswersAboutLargeData(_ name: String) throws {
    let folder = try #require(ProcessInfo.processInfo.environment["MARTLET_TEST_DATA"])
    try expectAgreement(
      events: "\(folder)/events/\(name).ndjson.gz", answers: "\(folder)/oracles/\(name).json",
      commits: 1, everyNth: Self.largeStep)
  }

  /// One commit imports the file as it is; several cut it at line ends.
  private func expectAgreement(
    events: String, answers: String, commits: Int, everyNth step: Int
  ) throws {
    let temporary = try TemporaryStore()
    if commits == 1 {
      let summary = try temporary.store.importEvents(from: ImportInputs([events]))
      #expect(summary.rejected == 0)
    } else {
      let lines = try Gunzip.contents(ofFile: events).split(separator: 10)
      for part in 0..<commits {
        let range = lines.count * part / commits..<lines.count * (part + 1) / commits
        let rows = try CanonicalNDJSON.rows(Array(lines[range].joined(separator: [10])))
        try temporary.append(rows)
        try temporary.store.commit()
      }
    }
    let snapshot = try temporary.store.snapshot()
    let known = try OracleFile.load(answers).answers
    #expect(known.count > 50, "an oracle without answers shows nothing")
    for place in stride(from: 0, to: known.count, by: step) {
      let item = known[place]
      let zone = try #require(NaiveZone(item.timeZone))
      let asOf = try #require(item.instant(in: zone))
      let parsed = try SegmentExpression.parse(item.expression)
      let answer = try snapshot.answer(
        parsed,
        QuestionOptions(asOf: asOf, timeZone: item.timeZone, allowsUnknownEventTypes: true))
      var ids: [Text] = []
      try snapshot.forEachUser(of: answer.matched) { ids.append($0) }
      let got = "\(answer.count), \(answer.pending) pending of \(answer.universe)"
      let wanted = "\(item.count), \(item.pending) pending of \(item.universe)"
      #expect(got == wanted, "\(item)")
      #expect(SHA256.ofLines(ids) == item.sha256, "\(item)")
    }
  }
}
