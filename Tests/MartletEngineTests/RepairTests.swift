import MartletEngine
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import Testing

/// What is left of a damaged store once it was repaired.
@Suite struct RepairTests {
  static let path = SampleStore.path

  /// The rows of a store by the file and the run that hold them.
  private struct FiledRows {
    var rows: [(file: String, type: Text?, row: StoredRow)] = []

    init(_ system: SimulatedFileSystem) throws {
      let snapshot = try Engine(reading: system).snapshot()
      for (index, file) in snapshot.segmentFiles.enumerated() {
        let files = snapshot.manifest.segmentFiles
        let name =
          index < files.count ? Manifest.segmentFileName(files[index].number) : "the log"
        for row in try file.storedRows().flatMap({ $0 }) {
          rows.append((name, row.eventType, row))
        }
      }
    }

    /// What a repair must have kept; rows of a log that is lost in part are left out.
    func without(_ losses: [StoreLoss]) -> [StoredRow] {
      rows.filter { row in
        !losses.contains { loss in
          switch loss.kind {
          case .segmentFile: loss.file == row.file
          case .run: loss.file == row.file && loss.eventType == row.type
          case .users: loss.users?.contains(Int(row.row.user)) ?? false
          case .log: row.file == "the log"
          case .identities: false
          }
        }
      }.map(\.row)
    }
  }

  /// How often each row occurs.
  private func counted(_ rows: [StoredRow]) -> [StoredRow: Int] {
    Dictionary(rows.map { ($0, 1) }, uniquingKeysWith: +)
  }

  /// Repairs a damaged copy of a store and holds what is left against what was lost.
  private func expectRepaired(
    _ system: SimulatedFileSystem, _ original: FiledRows, _ what: String
  ) throws {
    let found = try Engine.verify(at: Self.path, system)
    #expect(!found.isClean, "\(what)")
    let before = try SampleStore.files(system)
    let report = try Engine.repair(at: Self.path, system)
    #expect(report.found.problems == found.problems, "\(what)")
    #expect(report.remaining == [], "\(what): \(report)")
    #expect(try Engine.verify(at: Self.path, system).isClean, "\(what)")
    let aside = try #require(report.setAside)
    for (name, bytes) in before {
      #expect(try system.read("\(Self.path)/\(aside)/\(name)") == bytes, "\(what): \(name)")
    }
    for loss in report.losses where loss.kind == .run {
      let rows = original.rows.filter { $0.file == loss.file && $0.type == loss.eventType }
      #expect(loss.rowCount == rows.count, "\(what): \(loss)")
      #expect(loss.times?.lowerBound.milliseconds == rows.map(\.row.time).min(), "\(what)")
    }
    let engine = try Engine(writing: system)
    let left = try FiledRows(system)
    let expected = original.without(report.losses)
    let rows = counted(left.rows.map(\.row))
    if report.losses.contains(where: { $0.kind == .log }) {
      let (least, most) = (counted(expected), counted(original.without([])))
      #expect(least.allSatisfy { $0.value <= rows[$0.key] ?? 0 }, "\(what): \(report.losses)")
      #expect(rows.allSatisfy { $0.value <= most[$0.key] ?? 0 }, "\(what): \(report.losses)")
    } else {
      #expect(rows == counted(expected), "\(what): \(report.losses)")
    }
    try engine.append("who comes next", at: 1_900_000_000_000)
    try engine.commit()
    #expect(try engine.snapshot().user(of: "who comes next") != nil, "\(what)")
    try engine.close()
    #expect(try Engine.verify(at: Self.path, system).problems == [], "\(what)")
  }

  @Test(arguments: [SampleStore.files, .merged, .aliased, .erased, .everything], 0..<4)
  func aRepairKeepsAllThatItDoesNotList(_ shape: SampleStore, _ part: Int) throws {
    let original = try shape.make(seed: 11, rowCount: 60)
    let rows = try FiledRows(original)
    var random = SplitMix64(seed: UInt64(part))
    for (name, bytes) in try SampleStore.files(original) where name != "manifest" {
      for _ in 0..<12 {
        let system = original.copy()
        let place = random.integer(0...bytes.count - 1)
        system.damage(Self.path + "/" + name) { old in
          var damaged = old
          damaged[place] ^= UInt8(random.integer(1...255))
          return damaged
        }
        try expectRepaired(system, rows, "\(shape), part \(part), \(name), byte \(place)")
      }
      let system = original.copy()
      let count = random.integer(0...bytes.count - 1)
      system.damage(Self.path + "/" + name) { Array($0[..<count]) }
      try expectRepaired(system, rows, "\(shape), part \(part), \(name), \(count) bytes")
      let without = original.copy()
      without.damage(Self.path + "/" + name) { _ in nil }
      try expectRepaired(without, rows, "\(shape), \(name) is missing")
    }
  }

  @Test(arguments: [21, 22, 23, 24] as [UInt64])
  func damageInSeveralFilesIsRepairedAtOnce(_ seed: UInt64) throws {
    let original = try SampleStore.everything.make(seed: seed, rowCount: 80)
    let rows = try FiledRows(original)
    var random = SplitMix64(seed: seed)
    for round in 0..<10 {
      let system = original.copy()
      for (name, bytes) in try SampleStore.files(original) where name != "manifest" {
        guard random.chance(0.6) || name.hasPrefix("users") else { continue }
        let place = random.integer(0...bytes.count - 1)
        system.damage(Self.path + "/" + name) { old in
          var damaged = old
          damaged[place] ^= 0x10
          return damaged
        }
      }
      try expectRepaired(system, rows, "seed \(seed), round \(round)")
    }
  }

  @Test func aSoundStoreStaysAsItIs() throws {
    let system = try SampleStore.everything.make(seed: 12)
    let before = try SampleStore.files(system).map(\.bytes)
    let report = try Engine.repair(at: Self.path, system)
    #expect(report.setAside == nil && report.losses.isEmpty && report.found.isClean)
    #expect(try SampleStore.files(system).map(\.bytes) == before)
  }

  @Test func derivedDataIsMadeAnewWithoutALoss() throws {
    let system = try SampleStore.files.make(seed: 13)
    let snapshot = try Engine(reading: system).snapshot()
    let file = snapshot.segmentFiles[0]
    let name = Manifest.segmentFileName(snapshot.manifest.segmentFiles[0].number)
    let handle = try #require(file.directory.anyUsers)
    let rows = try FiledRows(system)
    system.damage(Self.path + "/" + name) { bytes in
      var damaged = bytes
      damaged[Int(handle.offset)] ^= 1
      return damaged
    }
    let copy = system.copy()
    let report = try Engine.repair(at: Self.path, copy)
    #expect(report.losses == [])
    #expect(report.rebuilt.count == 1)
    try expectRepaired(system, rows, "the users of any event")
  }

  @Test func aDamagedManifestIsAnErrorWithARemedy() throws {
    let system = try SampleStore.files.make(seed: 14, rowCount: 20)
    system.damage(Self.path + "/manifest") { bytes in
      var damaged = bytes
      damaged[bytes.count - 1] ^= 1
      return damaged
    }
    let files = try SampleStore.files(system).map(\.bytes)
    let error = #expect(throws: MartletError.self) {
      try Engine.repair(at: Self.path, system)
    }
    #expect(error?.code == .corrupt)
    #expect(error?.remedy?.contains("manifest") == true)
    #expect(try SampleStore.files(system).map(\.bytes) == files)
  }

  @Test func aRepairNeedsTheLock() throws {
    let system = try SampleStore.files.make(seed: 15, rowCount: 20)
    let engine = try Engine(writing: system)
    let error = #expect(throws: MartletError.self) { try Engine.repair(at: Self.path, system) }
    #expect(error?.code == .locked)
    try engine.close()
  }

  @Test func aCrashAtEveryCallLeavesTheOldStoreOrTheNew() throws {
    let original = try SampleStore.everything.make(seed: 16, rowCount: 30)
    let name = try #require(
      try SampleStore.files(original).map(\.name).first { $0.hasPrefix("segment-") })
    original.damage(Self.path + "/" + name) { bytes in
      var damaged = bytes
      damaged[20] ^= 1
      return damaged
    }
    let whole = original.copy()
    let expected = try Engine.repair(at: Self.path, whole)
    let rows = counted(try FiledRows(whole).rows.map(\.row))
    whole.arm(nil)
    let trial = original.copy()
    _ = try Engine.repair(at: Self.path, trial)
    for call in trial.calls.indices {
      let system = original.copy()
      system.arm(SimulatedFault(atCall: call, .crash))
      _ = try? Engine.repair(at: Self.path, system)
      for survival in CrashSurvival.all {
        var random = SplitMix64(seed: UInt64(call))
        let left = system.afterCrash(survival, using: &random)
        let what = "crash at call \(call), \(system.calls[call]), \(survival)"
        let again = try Engine.repair(at: Self.path, left)
        #expect(again.remaining == [], "\(what)")
        if again.setAside != nil { #expect(again.losses == expected.losses, "\(what)") }
        #expect(counted(try FiledRows(left).rows.map(\.row)) == rows, "\(what)")
      }
    }
  }
}
