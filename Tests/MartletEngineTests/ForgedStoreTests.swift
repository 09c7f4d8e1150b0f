import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

@testable import MartletEngine

/// Files that pass their checksums and speak of what the store does not have: whoever opens or
/// asks is told which file it is.
@Suite struct ForgedStoreTests {
  private func expectCorrupt(
    _ reason: String, _ file: String?, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws -> Void
  ) {
    let error = #expect(throws: MartletError.self, sourceLocation: sourceLocation) {
      try body()
    }
    #expect(error?.code == .corrupt && error?.reason == reason, sourceLocation: sourceLocation)
    #expect(
      error?.file == file.map { ForgedStore.path + "/" + $0 }, sourceLocation: sourceLocation)
    #expect(error?.remedy != nil, sourceLocation: sourceLocation)
  }

  @Test func aFirstSeenTimeOfAnUnknownUser() throws {
    let store = try ForgedStore()
    try store.changeDirectory { directory, sink in
      directory.firstSeenUsers = sink.appendColumn([0, 3], as: .directories)
      directory.firstSeenTimes = sink.appendColumn([1, 1], as: .directories)
    }
    let (name, reason) = (try store.segmentFileName(), "a first-seen time is of an unknown user")
    expectCorrupt(reason, name) { _ = try Engine(writing: store.system) }
    let snapshot = try Engine(reading: store.system).snapshot()
    expectCorrupt(reason, name) { _ = try snapshot.universe(before: .latest) }
  }

  @Test func anIdentityOfAnUnknownUser() throws {
    for (user, target) in [(3, 0), (0, 3)] as [(Int64, Int64)] {
      let store = try ForgedStore()
      try store.changeDirectory { directory, sink in
        directory.aliasUsers = sink.appendColumn([user], as: .directories)
        directory.aliasTargets = sink.appendColumn([target], as: .directories)
      }
      let name = try store.segmentFileName()
      for access in [Engine.Access.readOnly, .readWrite] {
        expectCorrupt("an identity is of an unknown user", name) {
          _ = try Engine(at: ForgedStore.path, access: access, fileSystem: store.system)
        }
      }
    }
  }

  @Test func rowsOfAnUnknownUserHaveNoID() throws {
    let store = try ForgedStore()
    let users = try Engine(reading: store.system).snapshot().users
    var ids: [Text] = []
    expectCorrupt("ordinal 3 has no user id", nil) {
      try users.forEachID(of: [1, 2, 3]) { id throws(MartletError) in ids.append(id) }
    }
    #expect(ids == ["u1", "u2"])
  }

  /// Compaction looks at times before it looks at anything else of the rows.
  @Test func timesOutsideOfTheirRun() throws {
    let store = try ForgedStore()
    try store.change(.a) { run, sink in
      run.times = sink.appendColumn([10, 20, 30, 86_400_041], as: .time)
    }
    var configuration = StoreScript.quiet
    configuration.segmentFileByteCount = 1
    let engine = try Engine(writing: store.system, configuration)
    let before = try engine.snapshot().manifest
    let name = try store.segmentFileName()
    expectCorrupt("a time lies outside the run's range", name) { _ = try engine.compact() }
    #expect(try engine.snapshot().manifest == before)
  }

  @Test func aRecordThatDoesNotContinueTheStore() throws {
    var memtable = Memtable(storedUserCount: 3)
    try memtable.append(LogRecord(firstNewUser: 3))
    expectCorrupt("a record begins with user 4, the store has 3 users", nil) {
      try memtable.append(LogRecord(firstNewUser: 4))
    }
    let store = try ForgedStore()
    let number = try store.manifest().logNumber
    let log = try LogWriter(
      creating: ForgedStore.path + "/" + Manifest.logName(number), number: number,
      in: store.system)
    try log.append(LogRecord(firstNewUser: 2))
    try log.close()
    for access in [Engine.Access.readOnly, .readWrite] {
      expectCorrupt(
        "a record begins with user 2, the store has 3 users", Manifest.logName(number)
      ) {
        _ = try Engine(at: ForgedStore.path, access: access, fileSystem: store.system)
      }
    }
  }
}
