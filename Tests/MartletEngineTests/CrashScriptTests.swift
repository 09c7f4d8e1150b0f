import Foundation
import MartletEngine
import MartletModel
import MartletTestSupport
import Testing

/// Long random scripts, and what a crash before any of their calls may leave.
///
/// A run looks at a sample. `MARTLET_CRASH_SEEDS=N` looks at every call of N scripts of each
/// configuration, with every survival, and prints how many images that were.
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
  /// Images of one script that a sample looks at.
  private static let sampleCount = 60

  @Test(arguments: Kind.allCases, seeds)
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
    print(
      "crash images: \(kind), seed \(seed): \(images.count) calls, \(count) images, "
        + "\(distinctCount) distinct ones opened, \(ContinuousClock.now - started)")
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

  /// The scripts do what they are for.
  @Test func scriptsReachEveryKindOfWork() {
    var kinds: Set<Substring> = []
    var merged = 0
    for kind in [Kind.tinyLog, .tinyFiles] {
      let script = StoreScript.random(seed: 1, stepCount: 200, kind.configuration)
      let system = SimulatedFileSystem()
      let run = ScriptRun(script, on: system)
      #expect(run.error == nil)
      kinds.formUnion(system.calls.map { $0.prefix { $0 != "/" } })
      merged += run.stages.count { stage in
        stage.name.hasSuffix(", compaction") && !stage.calls.isEmpty
          && system.calls[stage.calls].contains { $0.hasPrefix("rename ") }
      }
    }
    #expect(kinds.count >= 11, "\(kinds)")
    #expect(merged > 0, "no background compaction had anything to do")
  }
}
