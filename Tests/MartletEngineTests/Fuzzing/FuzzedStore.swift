import MartletEncoding
import MartletEngine
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport

/// Stores of which one file is damaged, with all checksums right: read, and written to.
struct FuzzedStore: FuzzedDecoder {
  struct Input {
    var files: [String: [UInt8]]
    var damaged: String
    var isWritten: Bool

    /// The files on a disk.
    func placed() throws -> SimulatedFileSystem {
      let system = SimulatedFileSystem()
      try system.createDirectory(StoreScript.path)
      for (name, bytes) in files { system.place(StoreScript.path + "/" + name, bytes) }
      return system
    }
  }

  private struct Seed {
    var files: [String: [UInt8]]
    var parts: [String: BlockFileParts] = [:]
  }

  private let seeds: [Seed]
  private let manifests: FuzzedManifest

  init(_ seeds: FuzzSeeds) throws {
    manifests = try FuzzedManifest(seeds)
    self.seeds = seeds.stores.map { files in
      var seed = Seed(files: files)
      for (name, bytes) in files {
        if name.hasPrefix("segment-") {
          seed.parts[name] = try? BlockFileParts(bytes, kind: .segmentFile)
        } else if name.hasPrefix("users-") {
          seed.parts[name] = try? BlockFileParts(bytes, kind: .userFile)
        }
      }
      return seed
    }.filter { !$0.parts.isEmpty }
    precondition(!self.seeds.isEmpty)
  }

  func input(_ random: inout SplitMix64) -> Input {
    let seed = random.pick(seeds)
    var files = seed.files
    let name = random.pick(seed.parts.keys.sorted())
    if random.chance(0.15) {
      files["manifest"] = manifests.withDamagedPayload(files["manifest"] ?? [], &random)
    } else if let parts = seed.parts[name] {
      let bytes = parts.forged(&random)
      files["manifest"] = manifests.with(byteCount: bytes.count, of: name, files["manifest"] ?? [])
      files[name] = bytes
    }
    return Input(files: files, damaged: name, isWritten: random.chance(0.3))
  }

  func bytes(of input: Input) -> [UInt8] {
    Array(input.damaged.utf8) + (input.files["manifest"] ?? [])
      + (input.files[input.damaged] ?? [])
  }

  func read(_ input: Input) throws -> Int {
    let system = try input.placed()
    return try inStore {
      var hasher = Hasher()
      if input.isWritten { try write(system) }
      let snapshot = try Engine(reading: system).snapshot()
      _ = try snapshot.identityOverlay()
      for file in snapshot.segmentFiles { hasher.combine(try file.storedRows()) }
      hasher.combine(Array(try snapshot.universe(before: Timestamp(milliseconds: 70))))
      hasher.combine(try snapshot.user(of: "u0"))
      return hasher.finalize()
    }
  }

  private func write(_ system: SimulatedFileSystem) throws {
    var configuration = StoreConfiguration()
    configuration.compaction = .manual
    let engine = try Engine(writing: system, configuration)
    defer { engine.stop() }
    try engine.append("u0", at: 6, id: "i0")
    try engine.append("anonymous", at: 7, id: "i1")
    try engine.flush()
    _ = try engine.compact()
    try engine.close()
  }

  /// What contradicts between files is no one file's error.
  private func inStore(_ body: () throws -> Int) throws -> Int {
    do {
      return try body()
    } catch var error as MartletError {
      error.file = error.file ?? StoreScript.path
      throw error
    }
  }
}
