import Martlet
import MartletTestSupport
import Testing

/// An insert id counts once for the id that it was sent under and its event type, wherever the
/// first event has come to lie, and whosever it has become.
struct InsertIDTests {
  /// Few ids, so that most events are replays of some earlier one, or nearly.
  private static func step(_ random: inout SplitMix64) -> HistoryStep {
    let users: [Text] = ["a", "b", "u", "v"]
    switch random.integer(0...19) {
    case 0: return .commit
    case 1: return .flush
    case 2: return .compactOnce
    case 3: return random.chance(0.5) ? .compact : .flush
    // Rows that were not committed are lost, and their insert ids with them.
    case 4: return .reopen
    case 5:
      let from = random.pick(users)
      let others = users.filter { $0 != from }
      return .link(random.chance(0.6) ? .alias : .merge, from: from, to: random.pick(others))
    case 6:
      guard random.chance(0.4) else { return .commit }
      return random.chance(0.15) ? .forget([random.pick(users)]) : .admit(users)
    case 7:
      guard random.chance(0.1) else { return .commit }
      return .expire(before: Timestamp(milliseconds: Int64(random.integer(0...300))))
    default:
      return .row(
        .event(
          Event(
            user: random.pick(users), type: random.pick(["A", "B"]),
            at: Timestamp(milliseconds: Int64(random.integer(0...1000))),
            insertID: random.pick(["1", "2", "é", "e\u{301}", "3", "4"]))))
    }
  }

  @Test(arguments: UInt64(1)...12)
  func agreesWithAPlainList(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let store = try HistoryStore()
    var model = NaiveHistory()
    var steps: [HistoryStep] = []
    for _ in 0..<250 {
      let step = Self.step(&random)
      steps.append(step)
      try store.take(step)
      model.take(step)
      switch step {
      // They wait to be sent together.
      case .row, .link: continue
      default:
        try #require(
          store.tally == model.pending.tally,
          "seed \(seed), after\n\(Repro.lines(steps))")
      }
    }
    try store.take(.commit)
    model.take(.commit)
    #expect(model.pending.tally.duplicates > 0, "seed \(seed) shows little")
    let evaluator = NaiveEvaluator(model.committed)
    for count in 0...12 {
      let question = try SegmentExpression(parsing: "count(A) = \(count) or count(B) = \(count)")
      let expected = try evaluator.evaluate(question, asOf: .latest)
      #expect(try store.answer(question, asOf: .latest) == expected, "seed \(seed): \(question)")
    }
  }

  private static func event(_ user: Text, _ type: Text = "A") -> HistoryStep {
    .row(.event(Event(user: user, type: type, at: Timestamp(milliseconds: 1), insertID: "i")))
  }

  private static let upkeeps: [[HistoryStep]] = [
    [], [.commit], [.flush], [.flush, .compact], [.compact, .reopen],
  ]

  /// Sent under two ids it is two events, also when the ids become one user's; each of them is
  /// found again wherever compaction puts it.
  @Test(arguments: upkeeps)
  func theIDAsSentDecides(_ upkeep: [HistoryStep]) throws {
    let link = HistoryStep.link(.alias, from: "a", to: "u")
    let merge = HistoryStep.link(.merge, from: "u", to: "v")
    var steps = [Self.event("a"), Self.event("u")] + upkeep + [link] + upkeep
    steps += [Self.event("a"), Self.event("u"), Self.event("a", "B")] + upkeep + [merge] + upkeep
    steps += [Self.event("v"), Self.event("a"), Self.event("u"), Self.event("v")] + upkeep
    let store = try HistoryStore(steps + [.commit])
    #expect(store.tally.taken == 4, "of a, u and v, and a's of another type")
    #expect(store.tally.duplicates == 5)
    let question = try SegmentExpression(parsing: "count(A) = 3 and count(B) = 1")
    let answer = try store.answer(question, asOf: .latest)
    #expect(answer.matched == ["v"] && answer.universe == ["v"])
  }
}
