import MartletEngine
import MartletModel
import MartletTestSupport
import Testing

/// A writer on a disk that fails: nothing that was acknowledged is lost, nothing is half there.
@Suite struct FaultTests {
  private static let script = StoreScript.everyWrite()
  /// The calls of a run of the script when nothing fails.
  private static let calls: [String] = {
    let system = SimulatedFileSystem()
    let run = ScriptRun(script, on: system)
    precondition(run.error == nil, "\(String(describing: run.error))")
    return system.calls
  }()

  /// Whether a call removes a file that a commit replaced.
  private static func removesWhatNothingNames(_ call: String) -> Bool {
    call.hasPrefix("remove ") && call.hasSuffix(".martlet")
  }

  @Test func theScriptCoversEveryKindOfCall() {
    let kinds = Set(Self.calls.map { $0.prefix { $0 != "/" } })
    #expect(kinds.count >= 11, "\(kinds)")
    for name in ["users", "segment", "log"] {
      #expect(Self.calls.contains { $0.hasPrefix("remove /data/store/\(name)-") }, "\(name)")
    }
    let system = SimulatedFileSystem()
    let run = ScriptRun(Self.script, on: system)
    ImageCheck(run.allowed, Self.script).expectIntact(system, "no fault")
  }

  /// The same checks find the loss where syncs do nothing: they can fail.
  @Test(arguments: [(true, false), (false, true)])
  func withoutSyncsACrashLosesCommits(_ files: Bool, _ directories: Bool) throws {
    let system = SimulatedFileSystem()
    system.ignoreSyncs(ofFiles: files, ofDirectories: directories)
    let run = ScriptRun(Self.script, on: system)
    let survival = CrashSurvival(bytes: .dropped, entries: .dropped)
    var random = SplitMix64(seed: 1)
    let left = system.afterCrash(survival, using: &random)
    let check = ImageCheck(run.allowed, Self.script)
    let content = try? Engine(writing: left).content()
    #expect(content.map { check.difference(of: $0) != nil } ?? true)
  }

  @Test(arguments: [false, true], [0, 1])
  func aCrashAtEveryCallKeepsEveryCommit(_ takesEffect: Bool, _ half: Int) {
    for call in stride(from: half, to: Self.calls.count, by: 2) {
      let system = SimulatedFileSystem()
      system.arm(SimulatedFault(atCall: call, .crash, takesEffect: takesEffect))
      let run = ScriptRun(Self.script, on: system)
      if !Self.removesWhatNothingNames(Self.calls[call]) { #expect(run.error != nil) }
      let check = ImageCheck(run.allowed, Self.script)
      var random = SplitMix64(seed: UInt64(call))
      for survival in CrashSurvival.all.shuffled(using: &random).prefix(6) {
        check.expectIntact(
          system.afterCrash(survival, using: &random),
          "crash at call \(call), \(Self.calls[call]), seed \(call), \(survival)")
      }
    }
  }

  @Test(arguments: [2, 3, 5] as [UInt64])
  func aCrashOfTheRecoveryLosesNothingEither(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for call in Self.calls.indices {
      let system = SimulatedFileSystem()
      system.arm(SimulatedFault(atCall: call, .crash))
      let run = ScriptRun(Self.script, on: system)
      let left = system.afterCrash(random.pick(CrashSurvival.all), using: &random)
      let recovery = random.integer(0...20)
      left.arm(SimulatedFault(atCall: recovery, .crash))
      _ = try? Engine(writing: left)
      let survival = random.pick(CrashSurvival.all)
      ImageCheck(run.allowed, Self.script).expectIntact(
        left.afterCrash(survival, using: &random),
        "crash at call \(call), then at \(recovery) of the recovery, seed \(seed), \(survival)")
    }
  }

  @Test(arguments: [
    SimulatedFault(atCall: 0, .deviceError), SimulatedFault(atCall: 0, .diskFull, lasts: true),
    SimulatedFault(atCall: 0, .deviceError, takesEffect: true),
    SimulatedFault(atCall: 0, .tooManyFiles), SimulatedFault(atCall: 0, .noPermission),
    SimulatedFault(atCall: 0, .tooManyFiles, lasts: true),
    SimulatedFault(atCall: 0, .noPermission, lasts: true),
  ])
  func anErrorAtEveryCallIsThrownAndLosesNothing(_ kind: SimulatedFault) {
    var (poisonCount, usableCount) = (0, 0)
    for call in Self.calls.indices {
      let system = SimulatedFileSystem()
      var fault = kind
      fault.call = call
      system.arm(fault)
      let run = ScriptRun(Self.script, on: system)
      let what = "\(kind.cause) at call \(call), \(Self.calls[call])"
      if let error = run.error {
        #expect(error.code == .io && error.file != nil, "\(what): \(error)")
      } else if !kind.lasts, fault.cause == .deviceError {
        #expect(
          Self.removesWhatNothingNames(Self.calls[call]), "\(what): nothing depends on it")
      }
      if run.isPoisoned { poisonCount += 1 }
      let check = ImageCheck(run.allowed, Self.script)
      system.arm(nil)
      var random = SplitMix64(seed: UInt64(call))
      let survival = random.pick(CrashSurvival.all)
      let crashed = system.afterCrash(survival, using: &random)
      check.expectIntact(crashed, "\(what), then a crash, \(survival)")
      if run.isUsable, let engine = run.engine {
        // Only work on committed files fails without a loss of trust in the disk.
        #expect(run.stages.last?.isOfCommittedFiles == true, "\(what)")
        usableCount += 1
        check.expectIntact(engine, of: system, "\(what), the same writer")
      } else {
        check.expectIntact(system, what)
      }
      run.letGo()
    }
    #expect(usableCount > 0 || kind.lasts, "\(kind)")
    #expect(poisonCount > Self.calls.count / 8, "\(kind)")
  }
}
