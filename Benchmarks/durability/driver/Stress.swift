import Foundation
import Martlet
import Synchronization

/// One writer that commits and flushes, eight readers (six share the writer's store, two have
/// stores of their own), each on a thread of its own, and compaction beside them.
///
/// A third of the time each: compaction in the background, when the process warms up; none and
/// `compact` by turns, so that questions can be compared; compaction in the background again.
/// Every commit gives each user one more event: a snapshot in which users differ is torn. Where a
/// number of rounds is given, older ones expire, so that the store stays as large as it is.
final class Stress: Sendable {
  /// The numbers of the last rounds that have got so far.
  private struct Rounds {
    var (begun, committed) = (0, 0)
    /// Those that are to expire, and that have.
    var (expiring, expired) = (0, 0)
  }

  private struct State {
    var rounds = Rounds()
    /// The phase, and whether a compaction that was asked for is under way.
    var phase = Phase.warmUp
    var isCompacting = false
    var tally = StressTally()
  }

  enum Phase: String, CaseIterable {
    case warmUp = "background compaction, at first"
    case turns = "none and full compaction by turns"
    case background = "background compaction"
  }

  private let path: String
  private let seconds: Double
  /// Rounds that stay; nil: all.
  private let keptRoundCount: Int?
  private let state = Mutex(State())
  private static let userCount = 100
  /// Commits from one segment file to the next: eight files make work for compaction.
  private static let flushInterval = 4
  private static let readerCount = 8
  /// From this one on, readers have stores of their own.
  private static let firstOwnReader = 6
  /// The longest time with or without compaction.
  private static let turnSeconds = 5.0
  /// What a service would leave the processor for others, in seconds.
  private static let (writerPause, readerPause) = (0.005, 0.005)

  /// Milliseconds from one round's events to the next's: 600 rounds a day.
  private static let roundLength: Int64 = 144_000

  init(path: String, seconds: Double, keptRoundCount: Int?) {
    (self.path, self.seconds, self.keptRoundCount) = (path, seconds, keptRoundCount)
  }

  func run() throws {
    let start = ContinuousClock.now
    var memory: [ProcessMemory] = []
    for phase in Phase.allCases {
      try run(phase)
      memory.append(ProcessMemory.now())
    }
    let end = state.withLock { $0 }
    end.tally.printReport()
    print(
      "commits: \(end.rounds.committed), seconds: \((ContinuousClock.now - start) / .seconds(1))")
    for (phase, memory) in zip(Phase.allCases, memory) {
      print("memory after \(phase.rawValue): \(memory)")
    }
    try checkWhole()
    if !end.tally.failures.isEmpty { exit(1) }
  }

  /// Makes sure that verification finds nothing wrong with what is left.
  private func checkWhole() throws {
    let report = try EventStore.verify(at: path)
    print("verification: \(report.rowCount) rows, \(report.problems.count) problems")
    for problem in report.problems { print("FAILED: \(problem)") }
    if !report.isClean { exit(1) }
  }

  private func run(_ phase: Phase) throws {
    state.withLock { $0.phase = phase }
    var configuration = StoreConfiguration()
    configuration.compaction = phase == .turns ? .manual : .automatic
    configuration.segmentFileByteCount = 2_000_000
    let store = try EventStore(at: path, configuration: configuration)
    // A question may not name an event type that was never seen.
    if phase == .warmUp { try writeRound(store) }
    let deadline = ContinuousClock.now + .seconds(seconds / Double(Phase.allCases.count))
    let threads = DispatchGroup()
    start("writer", threads) { try self.write(store, until: deadline) }
    for number in 0..<Stress.readerCount {
      start("reader \(number)", threads) {
        let isOwn = number >= Stress.firstOwnReader
        let reader = isOwn ? try EventStore(at: self.path, access: .readOnly) : store
        while ContinuousClock.now < deadline {
          try self.read(reader, number)
          Thread.sleep(forTimeInterval: Stress.readerPause)
        }
      }
    }
    if phase == .turns {
      start("compaction", threads) { try self.compact(store, until: deadline) }
    }
    threads.wait()
    if let failure = store.maintenanceFailure { fail("compaction in the background: \(failure)") }
    try store.close()
  }

  /// Runs work on a thread of its own: queues would run as much at once as there are processors.
  private func start(
    _ name: String, _ threads: DispatchGroup, _ work: @escaping @Sendable () throws -> Void
  ) {
    threads.enter()
    let thread = Thread {
      do { try work() } catch { self.fail("\(name): \(error)") }
      threads.leave()
    }
    thread.stackSize = 4 << 20
    thread.start()
  }

  private func fail(_ failure: String) { state.withLock { $0.tally.failures.append(failure) } }

  private func write(_ store: EventStore, until deadline: ContinuousClock.Instant) throws {
    var watch = try SegmentFileWatch(path)
    while ContinuousClock.now < deadline {
      try writeRound(store)
      let replaced = try watch.look()
      state.withLock { $0.tally.note($0.phase, replaced: replaced, left: watch.count) }
      Thread.sleep(forTimeInterval: Stress.writerPause)
    }
  }

  private func writeRound(_ store: EventStore) throws {
    let round = state.withLock { state in
      state.rounds.begun += 1
      return state.rounds.begun
    }
    // One batch, which is committed whole: `compact` on another thread commits what is pending.
    var builder = EventBatchBuilder()
    let time = self.time(ofRound: round)
    for user in 0..<Stress.userCount {
      try builder.append(Event(user: Text("u\(user)"), type: "Tick", at: time))
    }
    try store.append(builder.batch)
    if round % Stress.flushInterval == 0 { try store.flush() } else { try store.commit() }
    state.withLock { $0.rounds.committed = round }
    try expire(store, after: round)
  }

  /// Where all rounds stay, they are spread over two months, over and over.
  private func time(ofRound round: Int) -> Timestamp {
    Timestamp(
      milliseconds: keptRoundCount == nil
        ? Int64(round % 60) * 86_400_000 + Int64(round) : Int64(round) * Stress.roundLength)
  }

  /// Drops rounds that are too old, a tenth of the kept ones at a time.
  private func expire(_ store: EventStore, after round: Int) throws {
    guard let kept = keptRoundCount,
      round - state.withLock({ $0.rounds.expired }) >= kept + kept / 10
    else { return }
    let last = round - kept
    state.withLock { $0.rounds.expiring = last }
    _ = try store.expire(before: time(ofRound: last + 1))
    state.withLock { $0.rounds.expired = last }
  }

  /// Compacts all the time at every other turn.
  private func compact(_ store: EventStore, until deadline: ContinuousClock.Instant) throws {
    let length = Duration.seconds(
      min(Stress.turnSeconds, seconds / Double(2 * Phase.allCases.count)))
    let start = ContinuousClock.now
    while ContinuousClock.now < deadline {
      guard Int((ContinuousClock.now - start) / length) % 2 == 1 else {
        Thread.sleep(forTimeInterval: 0.01)
        continue
      }
      state.withLock { $0.isCompacting = true }
      let begin = ContinuousClock.now
      let summary = try store.compact()
      let taken = (ContinuousClock.now - begin) / .seconds(1)
      state.withLock { state in
        state.isCompacting = false
        state.tally.note(summary, seconds: taken)
      }
    }
  }

  private func read(_ store: EventStore, _ reader: Int) throws {
    let (before, wasCompacting) = state.withLock { ($0.rounds, $0.isCompacting) }
    let start = ContinuousClock.now
    let snapshot = try store.snapshot()
    let after = state.withLock { $0.rounds }
    let least = max(0, before.committed - after.expiring)
    let most = after.begun - before.expired
    let all = try snapshot.count(Segment("count(Tick) >= \(least)")).count
    let taken = (ContinuousClock.now - start) / .seconds(1)
    let isCompacting = state.withLock { $0.isCompacting }
    let more = try snapshot.count(Segment("count(Tick) > \(most)")).count
    var torn: [Int] = []
    for count in least...max(least, most) {
      let users = try snapshot.count(Segment("count(Tick) >= \(count)")).count
      if users != 0 && users != Stress.userCount { torn.append(users) }
    }
    let expected = least == 0 ? all : Stress.userCount
    state.withLock { state in
      state.tally.note(
        question: taken, of: reader, state.phase, compacting: wasCompacting || isCompacting)
      if all != expected || more != 0 || !torn.isEmpty {
        state.tally.failures.append(
          "\(least)...\(most): \(all) users, \(more) too many, torn \(torn)")
      }
    }
  }
}
