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
    try expectAgreement(events: events, answers: answers, commits: 1)
    try expectAgreement(events: events, answers: answers, commits: 5)
  }

  /// The larger data sets, where `MARTLET_TEST_DATA` says where they are.
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["MARTLET_TEST_DATA"] != nil),
    arguments: ["messy", "github", "online-retail"])
  func agreesWithKnownAnswersAboutLargeData(_ name: String) throws {
    let folder = try #require(ProcessInfo.processInfo.environment["MARTLET_TEST_DATA"])
    try expectAgreement(
      events: "\(folder)/events/\(name).ndjson.gz", answers: "\(folder)/oracles/\(name).json",
      commits: name == "messy" ? 4 : 1)
  }

  private func expectAgreement(events: String, answers: String, commits: Int) throws {
    let rows = try CanonicalNDJSON.rows(try Gunzip.contents(ofFile: events))
    let temporary = try TemporaryStore()
    for part in 0..<commits {
      let range = rows.count * part / commits..<rows.count * (part + 1) / commits
      try temporary.append(rows[range])
      try temporary.store.commit()
    }
    let snapshot = try temporary.store.snapshot()
    let known = try OracleFile.load(answers).answers
    #expect(known.count > 50, "an oracle without answers shows nothing")
    for item in known {
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
