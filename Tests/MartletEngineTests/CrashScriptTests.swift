import Foundation
import MartletEngine
import MartletModel
import MartletTestSupport
import Synchronization
import Testing

/// Long random scripts, and what a crash before any of their calls may leave.
///
/// A run looks at a sample of each configuration. `MARTLET_CRASH_SEEDS=N` looks at every call of N
/// scripts of each, the first of seed `MARTLET_CRASH_FIRST_SEED` (1), with every survival, and
/// prints how many images that were; `MARTLET_CRASH_KINDS=tinyLog,none` leaves out the others.
@Suite struct CrashScriptTests {
  /// What a store can be made to do often.
  enum Kind: String, CaseIterable, Sendable {
    case usual, tinyBuffer, tinyLog, tinyFiles, interval, none

    var configuration: StoreConfiguration {
      var configuration = StoreScript.quiet
      switch self {
      case .usual: break
      case .tinyBuffer: configuration.bufferByteCount = 1
      case .tinyLog: configuration.logByteCount = 700
      case .tinyFiles:
        (configuration.logByteCount, configuration.segmentFileByteCount) = (300, 3000)
      case .interval: configuration.durability = .interval(.milliseconds(1))
      case .none: configuration.durability = .none
      }
      return configuration
    }
  }

  private static let environment = ProcessInfo.processInfo.environment
  /// nil for a sample.
  private static let seedCount = environment["MARTLET_CRASH_SEEDS"].flatMap(Int.init)
  private static let firstSeed = environment["MARTLET_CRASH_FIRST_SEED"].flatMap(UInt64.init) ?? 1
  private static let seeds = (0..<UInt64(seedCount ?? 1)).map { firstSeed + $0 }
  private static let kinds: [Kind] = {
    guard let names = environment["MARTLET_CRASH_KINDS"] else { return Kind.allCases }
    return names.split(separator: ",").map { name in
      guard let kind = Kind(rawValue: String(name)) else {
        preconditionFailure("MARTLET_CRASH_KINDS: no configuration is named \(name)")
      }
      return kind
    }
  }()
  /// Images of one script that a sample looks at.
  private static let sampleCount = 60
  /// Images and distinct ones of all scripts so far.
  private static let total = Mutex((count: 0, distinctCount: 0))

  @Test(arguments: kinds, seeds)
  func aCrashAnywhereKeepsEveryCommit(_ kind: Kind, _ seed: UInt64) {
    let started = ContinuousClock.now
    let script = StoreScript.random(seed: seed, stepCount: 200, kind.configuration)
    let system = SimulatedFileSystem()
    system.keepImages()
    let run = ScriptRun(script, on: system)
    #expect(run.error == nil, "\(kind), seed \(seed): \(run.error?.description ?? "")")
    var images = system.images
    images.append(system.image)
    var random = SplitMix64(seed: seed)
    var (count, distinctCount) = (0, 0)
    let share = Self.seedCount == nil ? Double(Self.sampleCount) / Double(images.count) : 1
    for (number, stage) in run.stages.enumerated() {
      let isLast = number == run.stages.count - 1
      let calls = isLast ? stage.calls.lowerBound..<images.count : stage.calls
      let chosen = calls.filter { _ in share == 1 || random.chance(share) }
      if chosen.isEmpty { continue }
      let check = ImageCheck(stage.allowed, script)
      for call in chosen {
        let survivals = share == 1 ? CrashSurvival.all : [random.pick(CrashSurvival.all)]
        var seen: Set<Int> = []
        for survival in survivals {
          let left = images[call].afterCrash(survival, using: &random)
          count += 1
          guard seen.insert(left.fingerprint).inserted else { continue }
          distinctCount += 1
          let what =
            "\(kind), seed \(seed), \(stage.name), before call \(call), "
            + "\(images[call].nextCall), \(survival)"
          if random.chance(0.1) {
            expectIntact(left, check, kind, &random, what)
          } else {
            check.expectIntact(left, compacting: random.chance(0.1), what)
          }
        }
      }
    }
    guard Self.seedCount != nil else { return }
    let total = Self.total.withLock { total in
      total = (total.count + count, total.distinctCount + distinctCount)
      return total
    }
    print(
      "crash images: \(kind), seed \(seed): \(images.count) calls, \(count) images, "
        + "\(distinctCount) distinct ones opened and verified, \(ContinuousClock.now - started); "
        + "so far \(total.count) images, \(total.distinctCount) opened")
  }

  /// Stops the recovery at one of its calls, too.
  private func expectIntact(
    _ left: SimulatedFileSystem, _ check: ImageCheck, _ kind: Kind, _ random: inout SplitMix64,
    _ what: String
  ) {
    left.keepImages()
    _ = try? Engine(writing: left, kind.configuration)
    let image = random.pick(left.images + [left.image])
    let survival = random.pick(CrashSurvival.all)
    check.expectIntact(
      image.afterCrash(survival, using: &random),
      "\(what), then of the recovery before \(image.nextCall), \(survival)")
  }

  /// Each script makes a store do everything, with effect.
  @Test(arguments: (1...8).map { UInt64($0) })
  func everyScriptDoesEverything(_ seed: UInt64) {
    let script = StoreScript.random(seed: seed, stepCount: 200, StoreScript.quiet)
    #expect(script.steps.count == 200)
    var model = StoreModel()
    var effects: [String: Int] = [:]
    for step in script.steps {
      for effect in model.effects(of: step) { effects[effect, default: 0] += 1 }
    }
    let names: Set = [
      "appended", "duplicate", "forgotten user", "expired row", "alias", "merge", "commit", "flush",
      "compaction", "compaction of all", "forgotten", "admitted", "expiry", "saved segment",
      "close and reopen", "reopen", "snapshots",
    ]
    #expect(Set(effects.keys) == names, "seed \(seed): \(effects)")
  }

  /// The scripts do what they are for.
  @Test func scriptsReachEveryKindOfWork() {
    var kinds: Set<Substring> = []
    for kind in [Kind.tinyLog, .tinyFiles, .tinyBuffer] {
      let script = StoreScript.random(seed: 1, stepCount: 200, kind.configuration)
      let system = SimulatedFileSystem()
      let run = ScriptRun(script, on: system)
      #expect(run.error == nil)
      kinds.formUnion(system.calls.map { $0.prefix { $0 != "/" } })
      let merged = run.stages.count { stage in
        stage.name.hasSuffix(", compaction") && !stage.calls.isEmpty
          && system.calls[stage.calls].contains { $0.hasPrefix("rename ") }
      }
      #expect(merged > 0, "\(kind): no background compaction had anything to do")
    }
    #expect(kinds.count >= 11, "\(kinds)")
  }
}

extension StoreModel {
  /// Takes a step; returns what it did to the store.
  fileprivate mutating func effects(of step: StoreScript.Step) -> [String] {
    switch step {
    case .append(let rows, let links):
      let fates = rows.map { row in
        switch append(row) {
        case .appended: "appended"
        case .duplicate: "duplicate"
        case .refused(.forgottenUser): "forgotten user"
        case .refused(.expired): "expired row"
        }
      }
      return fates + links.filter { self.link($0) }.map { "\($0.kind)" }
    case .forget(let ids): return forget(ids).count < ids.count ? ["forgotten"] : []
    case .admit(let ids): return admit(ids).count < ids.count ? ["admitted"] : []
    case .expire(let limit): return expire(before: limit) > 0 ? ["expiry"] : []
    case .commit, .flush, .compact, .compactOnce, .save, .reopen, .read: return [step.name]
    }
  }
}
