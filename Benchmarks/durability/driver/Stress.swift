import Foundation
import Martlet
import Synchronization

/// One writer that commits and flushes, eight readers (six share the writer's store, two have
/// stores of their own), and compaction in the last two thirds of the time.
///
/// Every commit gives each user one more event: a snapshot in which users differ is torn.
final class Stress: Sendable {
  private struct State {
    var begun = 0
    var committed = 0
    /// Seconds that each question took, by phase.
    var latencies: [[Double]] = [[], []]
    var failures: [String] = []
  }

  private let path: String
  private let seconds: Double
  private let state = Mutex(State())
  private static let userCount = 200

  init(path: String, seconds: Double) { (self.path, self.seconds) = (path, seconds) }

  private func configuration(_ compaction: StoreConfiguration.Compaction) -> StoreConfiguration {
    var configuration = StoreConfiguration()
    configuration.compaction = compaction
    (configuration.logByteCount, configuration.segmentFileByteCount) = (60_000, 2_000_000)
    return configuration
  }

  func run() throws {
    let start = ContinuousClock.now
    try phase(0, seconds: seconds / 3, .manual)
    let warm = Stress.residentByteCount()
    try phase(1, seconds: seconds * 2 / 3, .automatic)
    let end = Stress.residentByteCount()
    let result = state.withLock { $0 }
    for (name, latencies) in zip(["idle", "compacting"], result.latencies) {
      let sorted = latencies.sorted()
      guard !sorted.isEmpty else { continue }
      let (p50, p99) = (sorted[sorted.count / 2], sorted[sorted.count * 99 / 100])
      print("\(name): \(sorted.count) questions, p50 \(p50 * 1000) ms, p99 \(p99 * 1000) ms")
    }
    print(
      "commits: \(result.committed), resident MiB after a third: \(warm >> 20), at the end: "
        + "\(end >> 20), seconds: \(ContinuousClock.now - start)")
    for failure in result.failures.prefix(10) { print("FAILED: \(failure)") }
    print("failures: \(result.failures.count)")
    if !result.failures.isEmpty { exit(1) }
  }

  private func phase(
    _ phase: Int, seconds: Double, _ compaction: StoreConfiguration.Compaction
  ) throws {
    let store = try EventStore(at: path, configuration: configuration(compaction))
    // A question may not name an event type that was never seen.
    if phase == 0 { try writeRound(store) }
    let deadline = ContinuousClock.now + .seconds(seconds)
    DispatchQueue.concurrentPerform(iterations: 9) { worker in
      do {
        if worker == 0 { return try write(store, until: deadline) }
        let reader = worker > 6 ? try EventStore(at: path, access: .readOnly) : store
        while ContinuousClock.now < deadline { try read(reader, phase) }
      } catch {
        state.withLock { $0.failures.append("worker \(worker): \(error)") }
      }
    }
    try store.close()
  }

  private func write(_ store: EventStore, until deadline: ContinuousClock.Instant) throws {
    while ContinuousClock.now < deadline {
      try writeRound(store)
      // What a service would leave the processor for others.
      Thread.sleep(forTimeInterval: 0.02)
    }
  }

  private func writeRound(_ store: EventStore) throws {
    let round = state.withLock { state in
      state.begun += 1
      return state.begun
    }
    for user in 0..<Stress.userCount {
      let time = Int64(round % 60) * 86_400_000 + Int64(round)
      try store.append(
        Event(user: Text("u\(user)"), type: "Tick", at: Timestamp(milliseconds: time)))
    }
    if round % 40 == 0 { try store.flush() } else { try store.commit() }
    state.withLock { $0.committed = round }
  }

  private func read(_ store: EventStore, _ phase: Int) throws {
    let least = state.withLock { $0.committed }
    let start = ContinuousClock.now
    let snapshot = try store.snapshot()
    let most = state.withLock { $0.begun }
    let all = try snapshot.count(Segment("count(Tick) >= \(least)")).count
    let taken = (ContinuousClock.now - start) / .seconds(1)
    let more = try snapshot.count(Segment("count(Tick) > \(most)")).count
    var torn: [Int] = []
    for count in least...max(least, most) {
      let users = try snapshot.count(Segment("count(Tick) >= \(count)")).count
      if users != 0 && users != Stress.userCount { torn.append(users) }
    }
    let expected = least == 0 ? all : Stress.userCount
    state.withLock { state in
      state.latencies[phase].append(taken)
      if all != expected || more != 0 || !torn.isEmpty {
        state.failures.append("\(least)...\(most): \(all) users, \(more) too many, torn \(torn)")
      }
    }
  }

  /// What the kernel says that the process holds in memory.
  private static func residentByteCount() -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * 4096
  }
}
