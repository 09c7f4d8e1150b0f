import MartletEngine
import MartletModel
import MartletTestSupport
import Testing

/// Compaction publishes nothing that follows from what a crash may still take.
@Suite struct CompactionCrashTests {
  /// Whatever was not synced is lost.
  private func crash(_ system: SimulatedFileSystem) throws -> SimulatedFileSystem {
    var random = SplitMix64(seed: 1)
    let left = system.afterCrash(
      CrashSurvival(bytes: .dropped, entries: .dropped), using: &random)
    #expect(try Engine.verify(at: StoreScript.path, left).problems == [])
    return left
  }

  /// The link is appended only, or lies in a log that is not on the disk.
  @Test(arguments: [false, true])
  func rowsMoveOnlyByIdentitiesOnTheDisk(_ isCommitted: Bool) throws {
    let system = SimulatedFileSystem()
    var configuration = StoreScript.quiet
    configuration.durability = .none
    let engine = try Engine(writing: system, configuration)
    for time in 0..<8 as Range<Int64> {
      try engine.append("a", at: 10 + time)
      try engine.append("b", at: 100 + time)
      try engine.flush()
    }
    let before = try Engine(reading: system).content()
    try engine.append([], [StoreScript.Link(kind: .alias, from: "a", to: "b")])
    if isCommitted { try engine.commit() }
    #expect(try engine.compactOnce())
    #expect(try Engine(writing: try crash(system)).content() == before)
    if !isCommitted { #expect(try Engine(reading: system).content() == before) }
    try engine.commit()
    let linked = try Engine(reading: system).content()
    #expect(Set(linked.rows.map(\.user)) == [1])
    #expect(linked.rows.count == before.rows.count)
    _ = try engine.compact()
    #expect(try Engine(reading: system).content() == linked)
    #expect(try Engine(writing: try crash(system)).content() == linked)
  }

  /// Erasure writes anew when all users were first seen, also by rows that came meanwhile.
  @Test func usersWereNotSeenBeforeTheirRowsAreThere() throws {
    let system = SimulatedFileSystem()
    let engine = try Engine(writing: system)
    try engine.append("a", at: 100)
    try engine.append("b", at: 100)
    try engine.flush()
    _ = try engine.forget(["b"])
    system.interrupt(before: "create \(StoreScript.path)/segment-") {
      do { try engine.append("a", at: 5) } catch { Issue.record("\(error)") }
    }
    #expect(try engine.compact().erasedUserCount == 1)
    let content = try Engine(writing: try crash(system)).content()
    let users = StoreScript.instants.map { instant in
      Set(content.rows.filter { $0.time < instant }.map(\.user)).sorted()
    }
    #expect(content.universes == users)
  }
}
