import MartletEngine
import MartletFiles
import MartletModel
import MartletTestSupport
import Testing

/// The files by which readers say that they use an old snapshot.
@Suite struct ReaderLeaseTests {
  private static let directory = StoreScript.path + "/readers"

  /// A store, and leases of generation 1: one whose reader lives, one whose reader died.
  private func store() throws -> (system: SimulatedFileSystem, lock: any FileLock) {
    let system = SimulatedFileSystem()
    let engine = try Engine(writing: system)
    try engine.append("u0", at: 1)
    try engine.flush()
    engine.stop()
    try system.createDirectory(Self.directory)
    for name in ["1-dead", "99-later", "notes"] { system.place(Self.directory + "/" + name, []) }
    return (system, try system.lock(Self.directory + "/1-alive"))
  }

  @Test func theDeadAreRemovedAndTheLivingNamed() throws {
    let (system, lock) = try store()
    let engine = try Engine(writing: system)
    // Opening looks at all, of whatever generation; other files are nobody's leases.
    #expect(try system.list(Self.directory) == ["1-alive", "notes"])
    for name in ["1-dead", "99-later"] { system.place(Self.directory + "/" + name, []) }
    #expect(try engine.readers(before: 2) == ["process 1"])
    #expect(try system.list(Self.directory) == ["1-alive", "99-later", "notes"])
    lock.release()
    #expect(try engine.readers(before: 2) == [])
    #expect(try system.list(Self.directory) == ["99-later", "notes"])
  }

  /// A dead reader's lease that the disk refuses to give up is no reader.
  @Test func aLeaseThatCannotBeRemovedIsAnError() throws {
    let (system, lock) = try store()
    defer { lock.release() }
    let engine = try Engine(writing: system)
    system.place(Self.directory + "/1-dead", [])
    system.interrupt(before: "remove \(Self.directory)/1-dead") {
      system.arm(SimulatedFault(atCall: 0, .deviceError))
    }
    let error = #expect(throws: MartletError.self) { try engine.readers(before: 2) }
    #expect(error?.code == .io && error?.file == Self.directory + "/1-dead")
    system.arm(nil)
    #expect(try engine.readers(before: 2) == ["process 1"])
  }

  @Test func anOldSnapshotIsNamedByItsOwnWriterToo() throws {
    let system = SimulatedFileSystem()
    let engine = try Engine(writing: system)
    try engine.append("u0", at: 1)
    try engine.flush()
    var snapshot: Snapshot? = try engine.snapshot()
    let generation = try #require(snapshot?.manifest.generation)
    #expect(try engine.readers(before: generation) == [])
    #expect(try engine.readers(before: generation + 1) == ["this process"])
    snapshot = nil
    #expect(try engine.readers(before: generation + 1) == [])
  }
}
