import MartletEngine
import MartletModel
import MartletTestSupport
import Testing

/// A run of a script on a disk that may fail, held against the model as it goes.
final class ScriptRun {
  /// What a store may hold after a crash before any of some calls.
  struct Stage {
    /// Names the step: "step 17, commit".
    var name: String
    /// Numbers of calls.
    var calls: Range<Int>
    var allowed: [StoreModel]
    /// Whether the step rewrites files that stay as they are until it has succeeded.
    var isOfCommittedFiles = false
  }

  let script: StoreScript
  let system: SimulatedFileSystem
  private(set) var stages: [Stage] = []
  /// Why the run ended before its time.
  private(set) var error: MartletError?
  /// Whether the writer is there after the error, and takes rows; whether it refuses all work.
  private(set) var (isUsable, isPoisoned) = (false, false)
  private var state: ScriptState
  private var snapshots: HeldSnapshots
  private(set) var engine: Engine?

  init(_ script: StoreScript, on system: SimulatedFileSystem) {
    (self.script, self.system) = (script, system)
    state = ScriptState(script.configuration.durability)
    snapshots = HeldSnapshots(of: system, universesBefore: script.instants)
    perform()
  }

  /// What may be there where the run ended.
  var allowed: [StoreModel] { stages.last?.allowed ?? [StoreModel()] }

  private func perform() {
    stage("opening", state.committed) { () throws(MartletError) in
      engine = try Engine(writing: system, script.configuration)
    }
    for (number, step) in script.steps.enumerated() where error == nil {
      let name = "step \(number), \(step.name)"
      stage(name, state.allowed(during: step), step.isOfCommittedFiles) { () throws(MartletError) in
        let start = system.calls.count
        try perform(step, name)
        // A manifest that names a new log leaves nothing to lose.
        let isDurable = system.calls[start...].contains { $0.hasPrefix("rename ") }
        state.finish(step, isDurable: isDurable)
      }
    }
    if error == nil { stage("the end", state.committed) { () throws(MartletError) in } }
    snapshots.check()
    if error != nil, let engine { probe(engine) }
    if !isUsable { letGo() }
  }

  private func stage(
    _ name: String, _ allowed: [StoreModel], _ isOfCommittedFiles: Bool = false,
    _ body: () throws(MartletError) -> Void
  ) {
    let start = system.calls.count
    do throws(MartletError) {
      try body()
    } catch {
      self.error = error
    }
    stages.append(
      Stage(
        name: name, calls: start..<system.calls.count, allowed: allowed,
        isOfCommittedFiles: isOfCommittedFiles))
  }

  /// Finds out whether the writer can still be used, without any effect.
  private func probe(_ engine: Engine) {
    func code(_ body: () throws(MartletError) -> Void) -> MartletError.Code? {
      do throws(MartletError) {
        try body()
        return nil
      } catch { return error.code }
    }
    let codes = [
      code { () throws(MartletError) in try engine.append([]) },
      code { () throws(MartletError) in
        try engine.updateSavedSegments { (_) throws(MartletError) in
          throw MartletError(.usage, "nothing is saved")
        }
      },
    ]
    switch codes {
    case [nil, .usage]: isUsable = true
    case [.poisoned, .poisoned]:
      isPoisoned = true
      #expect(code { () throws(MartletError) in try engine.commit() } == .poisoned)
      #expect(code { () throws(MartletError) in try engine.flush() } == .poisoned)
      #expect(code { () throws(MartletError) in try engine.close() } == .poisoned)
    default: Issue.record("after \(String(describing: error)): \(codes)")
    }
  }

  /// Ends the writer, and with it its lock.
  func letGo() { engine = nil }

  private func perform(
    _ step: StoreScript.Step, _ name: String
  ) throws(MartletError) {
    var expected = state.pending
    switch step {
    case .append(let rows, let links):
      var summary = try engine?.append(rows, links)
      summary?.didSeal = false
      expect(summary, expected.summary(of: rows, links), name)
    case .commit: try engine?.commit()
    case .flush: try engine?.flush()
    case .compact: _ = try engine?.compact()
    case .compactOnce: _ = try engine?.compactOnce()
    case .forget(let ids): expect(try engine?.forget(ids), expected.forget(ids), name)
    case .admit(let ids): expect(try engine?.admit(ids), expected.admit(ids), name)
    case .expire(let limit):
      // Rows of forgotten users that compaction has not erased yet are counted too.
      let summary = try engine?.expire(before: Timestamp(milliseconds: limit))
      let count = expected.expire(before: limit)
      #expect(summary.map { $0.eventCount >= count } ?? false, "\(name): \(count) events")
    case .read: try snapshots.take(beside: engine, state.latest, name)
    case .save(let key, let text): try engine?.updateSavedSegments { $0[key] = text }
    case .reopen(let closing):
      if closing { try engine?.close() }
      engine = nil
      engine = try Engine(writing: system, script.configuration)
    }
  }

  private func expect<Value: Equatable>(_ actual: Value?, _ expected: Value, _ name: String) {
    #expect(actual == expected, "\(name)")
  }
}

extension StoreModel {
  /// What appending says.
  mutating func summary(of rows: [ArrivalRow], _ links: [StoreScript.Link]) -> AppendSummary {
    var summary = AppendSummary()
    for (index, row) in rows.enumerated() {
      switch append(row) {
      case .appended: summary.appended += 1
      case .duplicate: summary.duplicates += 1
      case .refused(let reason):
        summary.refusals.append(AppendSummary.Refusal(row: index, reason: reason))
      }
    }
    for link in links {
      if self.link(link) { summary.identified += 1 } else { summary.ignoredLinks += 1 }
    }
    return summary
  }
}

extension StoreScript.Step {
  fileprivate var isOfCommittedFiles: Bool {
    switch self {
    case .compact, .compactOnce, .expire: true
    default: false
    }
  }

  var name: String {
    switch self {
    case .append(let rows, let links): "append of \(rows.count) rows and \(links.count) links"
    case .commit: "commit"
    case .flush: "flush"
    case .compact: "compaction of all"
    case .compactOnce: "compaction"
    case .save: "saved segment"
    case .forget(let ids): "forgetting \(ids)"
    case .admit(let ids): "admitting \(ids)"
    case .expire: "expiry"
    case .read: "snapshots"
    case .reopen(let closing): closing ? "close and reopen" : "reopen"
    }
  }
}
