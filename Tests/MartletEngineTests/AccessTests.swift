import MartletEngine
import MartletFiles
import MartletModel
import MartletTestSupport
import Testing

/// One writer, many readers; and what is no store.
@Suite struct AccessTests {
  @Test func aSecondWriterIsTurnedAway() throws {
    let system = SimulatedFileSystem()
    var first: Engine? = try Engine(writing: system)
    let error = #expect(throws: MartletError.self) { try Engine(writing: system) }
    #expect(error?.code == .locked)
    try first?.append("u0", at: 1)
    try first?.commit()
    #expect(try Engine(reading: system).content().ids == ["u0"])
    first = nil
    #expect(try Engine(writing: system).content().ids == ["u0"])
  }

  @Test func theOperatingSystemsLockTurnsASecondWriterAway() throws {
    let path = "/tmp/martlet-engine-\(UInt64.random(in: .min ... .max))"
    let files = POSIXFileSystem()
    defer {
      for name in (try? files.list(path)) ?? [] { try? files.remove(path + "/" + name) }
      try? files.remove(path)
    }
    var first: Engine? = try Engine(at: path, access: .readWrite, fileSystem: files)
    try first?.append("u0", at: 1)
    try first?.commit()
    let error = #expect(throws: MartletError.self) {
      try Engine(at: path, access: .readWrite, fileSystem: files)
    }
    #expect(error?.code == .locked)
    first = nil
    let second = try Engine(at: path, access: .readWrite, fileSystem: files)
    #expect(try second.content().ids == ["u0"])
  }

  @Test func aFailedOpenGivesTheLockBack() throws {
    let system = SimulatedFileSystem()
    try Engine(writing: system).commit()
    system.arm(SimulatedFault(atCall: 3, .deviceError))
    #expect(throws: MartletError.self) { try Engine(writing: system) }
    system.arm(nil)
    _ = try Engine(writing: system)
  }

  @Test func aReaderSeesEachCommitAndASnapshotStays() throws {
    let system = SimulatedFileSystem()
    let writer = try Engine(writing: system)
    let reader = try Engine(reading: system)
    let empty = try reader.snapshot()
    var snapshots: [(Snapshot, [Text])] = [(empty, [])]
    var ids: [Text] = []
    for number in 0..<24 {
      ids.append(Text("u\(number)"))
      try writer.append(ids[number], at: Int64(number))
      #expect(try reader.content().ids.count == number, "an append is not visible")
      if number % 3 == 2 { try writer.flush() } else { try writer.commit() }
      snapshots.append((try reader.snapshot(), ids))
    }
    // The files of users that the early ones hold are merged and gone by now.
    for (snapshot, ids) in snapshots {
      let content = try StoreContent(snapshot, universesBefore: [])
      #expect(content.ids == ids && content.rows.count == ids.count)
    }
  }

  /// The writer replaces a file of users between a reader's look at the manifest and at the files.
  @Test(arguments: ["map /data/store/segment-", "map /data/store/users-"])
  func aReaderOutrunByAWriterLooksAgain(_ call: String) throws {
    let system = SimulatedFileSystem()
    let writer = try Engine(writing: system)
    try writer.append("u0", at: 1)
    try writer.flush()
    let reader = try Engine(reading: system)
    try writer.append("u2", at: 1)
    try writer.flush()
    system.interrupt(before: call) {
      do {
        try writer.append("u1", at: 2)
        try writer.flush()
      } catch {
        Issue.record("\(error)")
      }
    }
    #expect(try reader.content().rows.count >= 1)
    #expect(try reader.content().ids == ["u0", "u2", "u1"])
  }

  @Test func whatIsNoStoreIsNamed() throws {
    let system = SimulatedFileSystem()
    var error = #expect(throws: MartletError.self) { try Engine(reading: system) }
    #expect(error?.code == .noInput && error?.file == StoreScript.path)
    try system.createDirectory(StoreScript.path)
    error = #expect(throws: MartletError.self) { try Engine(reading: system) }
    #expect(error?.code == .noInput)
    system.place(StoreScript.path + "/thesis.tex", [1])
    error = #expect(throws: MartletError.self) { try Engine(writing: system) }
    #expect(error?.code == .noInput && error?.remedy != nil)
    #expect(system.exists(StoreScript.path + "/thesis.tex"))
    system.place("/data/file", [1])
    error = #expect(throws: MartletError.self) {
      try Engine(at: "/data/file", access: .readWrite, fileSystem: system)
    }
    #expect(error?.code == .noInput)
  }
}
