import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

@testable import MartletEngine

/// Manifests and user files that pass their checksums and contradict the other files: verify says
/// so, and a repair leaves a sound store.
@Suite struct VerifyForgedStoreTests {
  @discardableResult
  private func expect(
    _ reason: String, of file: String, losses: [StoreLoss.Kind] = [], in store: ForgedStore,
    rowCount: Int = 8, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> RepairReport {
    let found = try Engine.verify(at: ForgedStore.path, store.system)
    let isFound = found.problems.contains { $0.reason.contains(reason) && $0.file == file }
    #expect(isFound, "\(found.problems)", sourceLocation: sourceLocation)
    let report = try Engine.repair(at: ForgedStore.path, store.system)
    #expect(report.losses.map(\.kind) == losses, sourceLocation: sourceLocation)
    #expect(report.remaining == [], sourceLocation: sourceLocation)
    let engine = try Engine(writing: store.system)
    try engine.append("who comes next", at: 86_400_000)
    _ = try engine.compact()
    try engine.close()
    let clean = try Engine.verify(at: ForgedStore.path, store.system)
    #expect(clean.problems == [], sourceLocation: sourceLocation)
    if losses.isEmpty { #expect(clean.rowCount == rowCount, sourceLocation: sourceLocation) }
    return report
  }

  @Test func placesOfSegmentFiles() throws {
    var store = try ForgedStore()
    try store.change { $0.nextArrivalNumber = 0 }
    try expect("arrival number that was not given out yet", of: Manifest.fileName, in: store)
    // What comes after a repair has a later number than what it kept.
    let last = try store.manifest()
    #expect(last.nextArrivalNumber > 1)
    store = try ForgedStore()
    try store.change { manifest in
      (manifest.partitionedFileCount, manifest.partitionStarts) = (1, [86_400_000])
    }
    try expect("does not lie within one partition", of: Manifest.fileName, in: store)
  }

  @Test func forgottenUsersWhoNeverWere() throws {
    let store = try ForgedStore()
    try store.change { manifest in
      try manifest.forgotten.insert(Array("gone".utf8).rawSpan)
      manifest.forgotten.ordinals = [1, 7, 1000]
    }
    // The compaction behind it erases the three rows of the one who was.
    try expect("user 1000 does not exist", of: Manifest.fileName, in: store, rowCount: 5)
    // And the id stays forgotten.
    let manifest = try store.manifest()
    #expect(manifest.forgotten.idCount == 1)
    let engine = try Engine(reading: store.system)
    #expect(try engine.content().ids.contains("u1") == false)
  }

  @Test func usersWithoutAFile() throws {
    let store = try ForgedStore()
    try store.replaceUsers(firstOrdinal: 5)
    try expect(
      "its first user is 5, but the files before it have 0", of: try store.userFileName(),
      losses: [.users], in: store)
  }

  @Test func idsOfTwoUsers() throws {
    let store = try ForgedStore()
    try store.replaceUsers(["u0", "u1", "u0"].map { Array($0.utf8) })
    let report = try expect(
      "user 2 has the id of user 0", of: try store.userFileName(), losses: [.users], in: store)
    #expect(report.losses.first?.users == 2..<3 && report.losses.first?.rowCount == 1)
  }

  @Test func idsThatAreNone() throws {
    for id in [[0xFF], [UInt8](repeating: 65, count: Limits.userIDByteCount + 1)] as [[UInt8]] {
      let store = try ForgedStore()
      try store.replaceUsers([Array("u0".utf8), id, Array("u2".utf8)])
      let report = try expect(
        "the id of user 1 is too long, or not valid UTF-8", of: try store.userFileName(),
        losses: [.users], in: store)
      #expect(report.losses.first?.users == 1..<2 && report.losses.first?.rowCount == 3)
    }
  }

  /// Only a user who was forgotten has no id, and then no rows.
  @Test func rowsOfAnErasedUser() throws {
    let store = try ForgedStore()
    try store.replaceUsers([Array("u0".utf8), Array("u1".utf8), []])
    let report = try expect(
      "user 2 has rows, but no id", of: try store.segmentFileName(), losses: [.users], in: store)
    #expect(report.losses.first?.rowCount == 1)
  }

  @Test func firstSeenTimes() throws {
    for (times, reason) in [
      ([10, 5, 40], "user 2 was first seen at"), ([10, 5, .max - 1], "a time is none"),
      ([10, 5, .max], "not at no time"),
    ] as [([Int64], String)] {
      let store = try ForgedStore()
      try store.replaceUsers(firstSeen: times)
      try expect(reason, of: try store.userFileName(), in: store)
    }
  }

  @Test func bytesThatNothingPointsTo() throws {
    let store = try ForgedStore()
    let file = try UserFile(
      try store.system.map(ForgedStore.path + "/" + (try store.userFileName())))
    let raw = try BlockFile.directory(
      of: file.bytes, kind: .userFile, newestVersion: UserFile.version)
    let handle = try BlockFile.directoryHandle(
      of: file.bytes, kind: .userFile, newestVersion: UserFile.version)
    var sink = BlockSink(compressionLevel: 1)
    _ = sink.append(Array(file.bytes.array()[..<Int(handle.offset)]), as: .directories)
    _ = sink.append([1, 2, 3], as: .directories)
    try store.replaceUserFile(BlockFile.finish(sink, directory: raw).joined())
    try expect(
      "nothing points to the bytes from here on, or blocks overlap",
      of: try store.userFileName(), in: store)
  }

  /// A record of the log that brings a user whom the files have.
  @Test func aLogThatBringsAKnownUser() throws {
    let store = try ForgedStore()
    let name = Manifest.logName(try store.manifest().logNumber)
    var record = LogRecord(firstNewUser: 3)
    record.newUserIDs = (Array("newu0".utf8), [3, 5])
    let log = try LogWriter(
      creating: ForgedStore.path + "/" + name, number: try store.manifest().logNumber,
      in: store.system)
    try log.append(record)
    try log.close()
    let error = #expect(throws: MartletError.self) { try Engine(writing: store.system) }
    #expect(error?.code == .corrupt && error?.file == ForgedStore.path + "/" + name)
    #expect(error?.reason == "a record brings a user that the store knows")
    let report = try expect(
      "user 4 has the id of user 0", of: name, losses: [.users], in: store)
    #expect(report.losses.first?.users == 4..<5 && report.losses.first?.file == "the log")
  }

  /// Where the user whom a stored id leads to is in no file yet.
  @Test func aUserWhomOnlyTheLogKnowsStandsForOneOfTheFiles() throws {
    let system = SimulatedFileSystem()
    let engine = try Engine(writing: system)
    try engine.append("a", at: 7)
    try engine.flush()
    try engine.append([.event(Event(user: "k", type: "A", at: Timestamp(milliseconds: 9)))])
    try engine.append([], [StoreScript.Link(kind: .alias, from: "a", to: "k")])
    try engine.commit()
    #expect(try Engine.verify(at: StoreScript.path, system).problems == [])
    #expect(try engine.snapshot().universe(before: Timestamp(milliseconds: 8)).count == 1)
  }

  @Test func aMissingManifestCannotBeRepaired() throws {
    let store = try ForgedStore()
    store.system.damage(ForgedStore.path + "/" + Manifest.fileName) { _ in nil }
    let before = store.system.fingerprint
    let error = #expect(throws: MartletError.self) {
      try Engine.repair(at: ForgedStore.path, store.system)
    }
    #expect(error?.code == .corrupt && error?.reason == "the manifest is missing")
    #expect(error?.file == ForgedStore.path + "/" + Manifest.fileName)
    #expect(error?.remedy?.contains("backup") == true)
    #expect(store.system.fingerprint == before)
    let found = try Engine.verify(at: ForgedStore.path, store.system)
    #expect(found.problems.count == 1 && found.problems[0].file == Manifest.fileName)
  }
}
