import MartletEngine
import MartletModel
import MartletTestSupport
import Testing

/// A writer on a disk that fails: nothing that was acknowledged is lost, nothing is half there.
@Suite struct FaultTests {
  private static let script = StoreScript.everyWrite()
  /// How many calls a run of the script makes when nothing fails.
  private static let callCount: Int = {
    let system = SimulatedFileSystem()
    let outcome = script.run(on: system)
    precondition(outcome.error == nil, "\(String(describing: outcome.error))")
    return system.calls.count
  }()

  private func contents(_ outcome: StoreScript.Outcome) -> [StoreContent] {
    // A store that was not made yet is made by the next writer, and is empty.
    [outcome.acknowledged ?? StoreModel(), outcome.inFlight].compactMap { $0 }
      .map { StoreContent($0, universesBefore: StoreScript.instants) }
  }

  /// Opens what is left, holds it against what may be there, and goes on writing.
  private func expectIntact(
    _ system: SimulatedFileSystem, _ outcome: StoreScript.Outcome, _ what: String
  ) {
    do {
      let engine = try Engine(writing: system)
      let content = try engine.content()
      let allowed = contents(outcome)
      #expect(allowed.contains(content), "\(what): holds \(content), may hold \(allowed)")
      try engine.append("a new one", at: 5)
      try engine.commit()
      let reader = try Engine(reading: system)
      let after = try reader.content()
      #expect(after == (try engine.content()), "\(what)")
      #expect(after.rows.count == content.rows.count + 1, "\(what)")
      #expect(after.ids == content.ids + ["a new one"], "\(what)")
    } catch {
      Issue.record("\(what): \(error)")
    }
  }

  /// Whether a call removes a file that a commit replaced.
  private static func removesWhatNothingNames(_ call: String) -> Bool {
    call.hasPrefix("remove ") && call.hasSuffix(".martlet")
  }

  @Test func theScriptCoversEveryKindOfCall() {
    let system = SimulatedFileSystem()
    #expect(Self.script.run(on: system).error == nil)
    let kinds = Set(system.calls.map { $0.prefix { $0 != "/" } })
    #expect(kinds.count >= 10, "\(kinds)")
    #expect(system.calls.contains { $0.hasPrefix("remove /data/store/users-") })
    expectIntact(system, Self.script.run(on: SimulatedFileSystem()), "no fault")
  }

  /// The same checks find the loss where syncs do nothing: they can fail.
  @Test(arguments: [(true, false), (false, true)])
  func withoutSyncsACrashLosesCommits(_ files: Bool, _ directories: Bool) throws {
    let system = SimulatedFileSystem()
    system.ignoreSyncs(ofFiles: files, ofDirectories: directories)
    let outcome = Self.script.run(on: system)
    let survival = CrashSurvival(bytes: .dropped, entries: .dropped)
    var random = SplitMix64(seed: 1)
    let left = system.afterCrash(survival, using: &random)
    let content = try? Engine(writing: left).content()
    #expect(content.map { !contents(outcome).contains($0) } ?? true)
  }

  @Test(arguments: [false, true], [0, 1])
  func aCrashAtEveryCallKeepsEveryCommit(_ takesEffect: Bool, _ half: Int) {
    for call in stride(from: half, to: Self.callCount, by: 2) {
      let system = SimulatedFileSystem()
      system.arm(SimulatedFault(atCall: call, .crash, takesEffect: takesEffect))
      let outcome = Self.script.run(on: system)
      #expect(outcome.error != nil)
      for survival in CrashSurvival.all {
        var random = SplitMix64(seed: UInt64(call))
        let what = "crash at call \(call), \(system.calls[call]), seed \(call), \(survival)"
        expectIntact(system.afterCrash(survival, using: &random), outcome, what)
      }
    }
  }

  @Test(arguments: [2, 3, 5] as [UInt64])
  func aCrashOfTheRecoveryLosesNothingEither(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for call in 0..<Self.callCount {
      let system = SimulatedFileSystem()
      system.arm(SimulatedFault(atCall: call, .crash))
      let outcome = Self.script.run(on: system)
      let left = system.afterCrash(random.pick(CrashSurvival.all), using: &random)
      let recovery = random.integer(0...8)
      left.arm(SimulatedFault(atCall: recovery, .crash))
      _ = try? Engine(writing: left)
      let what = "crash at call \(call), then at \(recovery) of the recovery, seed \(seed)"
      let survival = random.pick(CrashSurvival.all)
      expectIntact(left.afterCrash(survival, using: &random), outcome, "\(what), \(survival)")
    }
  }

  @Test(arguments: [
    SimulatedFault(atCall: 0, .deviceError), SimulatedFault(atCall: 0, .diskFull, lasts: true),
    SimulatedFault(atCall: 0, .deviceError, takesEffect: true),
  ])
  func anErrorAtEveryCallIsThrownAndPoisons(_ kind: SimulatedFault) {
    for call in 0..<Self.callCount {
      let system = SimulatedFileSystem()
      var fault = kind
      fault.call = call
      system.arm(fault)
      let outcome = Self.script.run(on: system)
      let what = "\(kind.cause) at call \(call), \(system.calls[call])"
      if Self.removesWhatNothingNames(system.calls[call]) && !kind.lasts {
        #expect(outcome.error == nil, "\(what): nothing depends on it")
      } else {
        #expect(outcome.error?.code == .io, "\(what): \(String(describing: outcome.error))")
        #expect(outcome.error?.file != nil, "\(what)")
        #expect(
          outcome.afterwards.allSatisfy { $0 == .poisoned }, "\(what): \(outcome.afterwards)")
      }
      system.arm(nil)
      var random = SplitMix64(seed: UInt64(call))
      let survival = random.pick(CrashSurvival.all)
      let crashed = system.afterCrash(survival, using: &random)
      expectIntact(system, outcome, what)
      expectIntact(crashed, outcome, "\(what), then a crash, \(survival)")
    }
  }
}
