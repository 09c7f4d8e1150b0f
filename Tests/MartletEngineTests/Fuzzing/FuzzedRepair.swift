import MartletEngine
import MartletModel
import MartletTestSupport

/// Damaged stores, verified and repaired: what is called clean can be read, and nothing is left to
/// find after a repair.
struct FuzzedRepair: FuzzedDecoder {
  private let stores: FuzzedStore

  init(_ seeds: FuzzSeeds) throws { stores = try FuzzedStore(seeds) }

  func input(_ random: inout SplitMix64) -> FuzzedStore.Input { stores.input(&random) }

  func bytes(of input: FuzzedStore.Input) -> [UInt8] { stores.bytes(of: input) }

  func read(_ input: FuzzedStore.Input) throws -> Int {
    let system = try input.placed()
    let path = StoreScript.path
    let found = try Engine.verify(at: path, system)
    guard found.isClean else {
      let report = try Engine.repair(at: path, system)
      guard report.found.problems == found.problems else {
        throw Disagreement(what: "a repair finds \(report.found.problems), not \(found.problems)")
      }
      let left = report.remaining + (try Engine.verify(at: path, system).problems)
      guard left.isEmpty else {
        throw Disagreement(what: "\(found.problems) repaired, there are still \(left)")
      }
      try expectRead(system, "it was repaired of \(found.problems)")
      return report.losses.count
    }
    try expectRead(system, "nothing was found wrong")
    return system.fingerprint
  }

  private func expectRead(_ system: SimulatedFileSystem, _ why: String) throws {
    do {
      let snapshot = try Engine(reading: system).snapshot()
      _ = try snapshot.identityOverlay()
      for file in snapshot.segmentFiles { _ = try file.storedRows() }
      let engine = try Engine(writing: system)
      defer { engine.stop() }
      try engine.append("u0", at: 6, id: "i0")
      try engine.flush()
      _ = try engine.compact()
      try engine.close()
    } catch {
      throw Disagreement(what: "\(why), yet \(error)")
    }
  }
}
