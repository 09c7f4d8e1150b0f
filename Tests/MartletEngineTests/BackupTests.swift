import MartletEngine
import MartletModel
import MartletTestSupport
import Synchronization
import Testing

/// Copies of a store that is in use.
@Suite struct BackupTests {
  static let path = SampleStore.path
  static let target = "/backup/store"

  private func content(_ system: SimulatedFileSystem, at path: String) throws -> StoreContent {
    let engine = try Engine(at: path, access: .readOnly, fileSystem: system)
    return try StoreContent(try engine.snapshot(), universesBefore: StoreScript.instants)
  }

  @Test(arguments: SampleStore.allCases)
  func aBackupIsTheStore(_ shape: SampleStore) throws {
    let system = try shape.make(seed: 31)
    let engine = try Engine(reading: system)
    let summary = try engine.backup(to: Self.target)
    #expect(try content(system, at: Self.target) == content(system, at: Self.path))
    let report = try Engine.verify(at: Self.target, system)
    #expect(report.problems == [] && report.remarks == [])
    #expect(report.fileCount == summary.fileCount)
    #expect(report.byteCount == summary.byteCount)
    #expect(summary.generation == (try engine.snapshot().manifest.generation))
    // It is a store of its own.
    let writer = try Engine(at: Self.target, access: .readWrite, fileSystem: system)
    try writer.append("who comes next", at: 77)
    try writer.commit()
    #expect(try engine.snapshot().user(of: "who comes next") == nil)
  }

  @Test func aCommitThatIsNotSyncedIsInTheBackup() throws {
    let system = SimulatedFileSystem()
    var configuration = StoreConfiguration()
    configuration.durability = .none
    let engine = try Engine(writing: system, configuration)
    try engine.append("u1", at: 1)
    try engine.commit()
    try engine.append("u2", at: 2)
    try engine.commit()
    try engine.append("u3", at: 3)
    _ = try engine.backup(to: Self.target)
    var random = SplitMix64(seed: 1)
    let left = system.afterCrash(
      CrashSurvival(bytes: .dropped, entries: .dropped), using: &random)
    #expect(try content(left, at: Self.target).ids == ["u1", "u2"])
    #expect(try Engine.verify(at: Self.target, left).problems == [])
  }

  @Test func theTargetMustBeEmpty() throws {
    let system = try SampleStore.files.make(seed: 32, rowCount: 20)
    let engine = try Engine(reading: system)
    try system.createDirectory(Self.target)
    system.place(Self.target + "/a", [1])
    let error = #expect(throws: MartletError.self) { try engine.backup(to: Self.target) }
    #expect(error?.code == .usage)
    let same = #expect(throws: MartletError.self) { try engine.backup(to: Self.path) }
    #expect(same?.code == .usage)
    try system.createDirectory("/backup/empty")
    _ = try engine.backup(to: "/backup/empty")
    #expect(try Engine.verify(at: "/backup/empty", system).isClean)
  }

  @Test func aMissingFileIsAnError() throws {
    let system = try SampleStore.files.make(seed: 33, rowCount: 20)
    let engine = try Engine(reading: system)
    let name = Manifest.segmentFileName(try engine.snapshot().manifest.segmentFiles[0].number)
    system.damage(Self.path + "/" + name) { _ in nil }
    let error = #expect(throws: MartletError.self) { try engine.backup(to: Self.target) }
    #expect(error?.code == .corrupt)
    #expect(!system.exists(Self.target + "/manifest"))
  }

  @Test func aBackupUnderWayIsNoStoreAndADoneOneIsWhole() throws {
    let original = try SampleStore.everything.make(seed: 34, rowCount: 40)
    let expected = try content(original, at: Self.path)
    let counted = original.copy()
    _ = try Engine(reading: counted).backup(to: Self.target)
    for call in counted.calls.indices {
      let system = original.copy()
      system.arm(SimulatedFault(atCall: call, .crash))
      let isDone = (try? Engine(reading: system).backup(to: Self.target)) != nil
      for survival in CrashSurvival.all {
        var random = SplitMix64(seed: UInt64(call))
        let left = system.afterCrash(survival, using: &random)
        let what = "crash at call \(call), \(survival)"
        if left.exists(Self.target + "/manifest") {
          #expect(try content(left, at: Self.target) == expected, "\(what)")
          #expect(try Engine.verify(at: Self.target, left).problems == [], "\(what)")
        } else {
          #expect(!isDone, "\(what)")
          #expect(throws: MartletError.self) { try content(left, at: Self.target) }
        }
      }
    }
  }

  /// Every commit adds a pair of users, so a copy of half a commit shows.
  @Test func aBackupOfABusyStoreIsOneCommit() throws {
    let system = SimulatedFileSystem()
    var configuration = StoreConfiguration()
    (configuration.compressionLevel, configuration.logByteCount) = (1, 3000)
    let writer = try Engine(writing: system, configuration)
    let isDone = Atomic(false)
    _ = try Parallel.map([0, 1]) { worker throws(MartletError) in
      guard worker == 1 else {
        defer { isDone.store(true, ordering: .releasing) }
        return try Self.write(writer, commitCount: 300)
      }
      var (round, least) = (0, 0)
      repeat {
        let target = "/backup/\(round)"
        let engine = round % 2 == 0 ? writer : try Engine(reading: system)
        _ = try engine.backup(to: target)
        let copy = try Engine(at: target, access: .readOnly, fileSystem: system)
        let count = try copy.snapshot().users.count
        #expect(count % 2 == 0 && count >= least, "round \(round): \(count)")
        let report = try Engine.verify(at: target, system)
        #expect(report.problems == [], "round \(round)")
        (round, least) = (round + 1, count)
      } while !isDone.load(ordering: .acquiring)
    }
    _ = try writer.backup(to: "/backup/last")
    #expect(try content(system, at: "/backup/last").ids.count == 600)
  }

  @Test func aStoreIsVerifiedBesideAWriter() throws {
    let system = SimulatedFileSystem()
    var configuration = StoreConfiguration()
    (configuration.compressionLevel, configuration.logByteCount) = (1, 2000)
    let writer = try Engine(writing: system, configuration)
    let isDone = Atomic(false)
    _ = try Parallel.map([0, 1]) { worker throws(MartletError) in
      guard worker == 1 else {
        defer { isDone.store(true, ordering: .releasing) }
        return try Self.write(writer, commitCount: 200)
      }
      repeat {
        let report = try Engine.verify(at: Self.path, system)
        #expect(report.problems == [])
      } while !isDone.load(ordering: .acquiring)
    }
  }

  private static func write(_ writer: Engine, commitCount: Int) throws(MartletError) {
    for number in 1...commitCount {
      try writer.append(Text("u\(number)"), at: Int64(number), id: "x")
      try writer.append(Text("v\(number)"), at: Int64(number))
      try writer.commit()
      if number % 60 == 0 { _ = try writer.compact() }
    }
  }
}
