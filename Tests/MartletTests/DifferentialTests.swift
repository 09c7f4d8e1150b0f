import Foundation
import Martlet
import MartletEngine
import MartletTestSupport
import Testing

/// Random questions about random histories: the engine against the plain reading, wherever the
/// rows lie, and the law that ties an answer to its negation.
///
/// `MARTLET_DIFFERENTIAL_QUESTIONS` and `MARTLET_DIFFERENTIAL_SEED` set how many and which; a
/// question that is asked of stores in several states counts once for each.
struct DifferentialTests {
  static func setting(_ name: String, _ standard: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? standard
  }

  /// Rows alone; with links between ids, users who are forgotten and come back, and expiry.
  @Test(arguments: [false, true])
  func agreesWithThePlainReading(_ hasActs: Bool) throws {
    let asked = Self.setting("MARTLET_DIFFERENTIAL_QUESTIONS", 2400)
    let questions = asked / 2 / Arrangement.allCases.count
    let seed = UInt64(Self.setting("MARTLET_DIFFERENTIAL_SEED", 1) * 1_000_000)
    var differential = Differential(Arrangement.allCases) { steps in
      let store = try HistoryStore(steps)
      guard try store.currentSnapshot().duplicateCount == UInt64(store.tally.duplicates) else {
        throw HistoryStore.LawBroken()
      }
      return Differential.Opened(tally: store.tally) { try store.answer($0) }
    }
    // Many small histories find more than a few large ones.
    for (users, rows, perHistory, share) in [(3, 40, 10, 2), (8, 240, 25, 1), (60, 900, 50, 1)] {
      let events = RandomEvents(userCount: users, rowCount: rows)
      differential.history = hasActs ? RandomHistory(events) : .rowsOnly(events)
      differential.questionsPerHistory = perHistory
      let histories = UInt64(max(1, questions * share / 4 / perHistory))
      let start = seed + UInt64(users) * 10_000
      #expect(differential.firstDisagreement(seeds: start..<start + histories) == nil)
    }
  }
}
