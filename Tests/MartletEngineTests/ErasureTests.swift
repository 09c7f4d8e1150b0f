import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

@testable import MartletEngine

/// Users who are forgotten, and events that expire.
@Suite struct ErasureTests {
  private func engine(_ system: SimulatedFileSystem) throws -> Engine {
    var configuration = StoreConfiguration()
    configuration.compaction = .manual
    return try Engine(writing: system, configuration)
  }

  private func event(_ user: Text, _ time: Int64, _ text: Text, id: Text? = nil) -> ArrivalRow {
    .event(
      Event(
        user: user, type: "A", at: Timestamp(milliseconds: time), ["secret": .text(text)],
        insertID: id))
  }

  private func universe(_ engine: Engine) throws -> [Text] {
    let snapshot = try engine.snapshot()
    var ids: [Text] = []
    try snapshot.users.forEachID(of: try snapshot.universe(before: Timestamp(milliseconds: .max))) {
      ids.append($0)
    }
    return ids
  }

  @Test func aForgottenUserIsInNoLaterSnapshot() throws {
    let system = SimulatedFileSystem()
    var engine: Engine? = try engine(system)
    try engine?.append([event("ada", 1, "s-ada"), event("bob", 2, "s-bob")])
    try engine?.commit()
    let old = try #require(try engine?.snapshot())
    #expect(try engine?.forget(["ada", "nobody"]) == ["nobody"])
    #expect(try old.universe(before: Timestamp(milliseconds: .max)).count == 2)
    #expect(try universe(try #require(engine)) == ["bob"])
    #expect(try engine?.snapshot().user(of: "ada") == nil)
    engine = nil
    engine = try self.engine(system)
    #expect(try universe(try #require(engine)) == ["bob"])
    #expect(try universe(try Engine(reading: system)) == ["bob"])
  }

  @Test func aForgottenIdIsRefusedUntilItIsAdmitted() throws {
    let system = SimulatedFileSystem()
    let engine = try engine(system)
    try engine.append([event("ada", 1, "s", id: "x"), event("bob", 2, "s")])
    _ = try engine.forget(["ada"])
    let summary = try engine.append([event("bob", 3, "s"), event("ada", 1, "s", id: "x")])
    #expect(summary.refusals == [AppendSummary.Refusal(row: 1, reason: .forgottenUser)])
    #expect(summary.appended == 1)
    let error = #expect(throws: MartletError.self) {
      try engine.checkAdmitted("ada", eventAt: nil)
    }
    #expect(error?.code == .refused && error?.reason.contains("ada") == true)
    #expect(try engine.admit(["ada", "bob"]) == ["bob"])
    #expect(try engine.append([event("ada", 9, "new", id: "x")]).appended == 1)
    try engine.commit()
    #expect(try universe(engine) == ["bob", "ada"])
    let rows = try engine.snapshot().user(of: "ada")
    #expect(rows == 2, "a new user")
    _ = try engine.compact()
    #expect(try universe(engine) == ["bob", "ada"])
  }

  /// Decodes every page, dictionary and bitmap of every file, and looks for what was to go.
  @Test func compactionLeavesNoByteOfIt() throws {
    let system = SimulatedFileSystem()
    let engine = try engine(system)
    let padding = (0..<300).map {
      event(Text("user-\($0)"), Int64($0), Text("text-\($0)"), id: Text("id-\($0)"))
    }
    try engine.append(padding)
    try engine.append([event("ada-lovelace", 5, "secret-of-ada", id: "insert-ada")])
    try engine.append([
      .traits(
        TraitUpdate(
          user: "ada-lovelace", at: Timestamp(milliseconds: 7), ["email": "ada@example.org"]))
    ])
    try engine.flush()
    try engine.append([event("ada-lovelace", 50, "log-of-ada", id: "insert-ada-2")])
    try engine.commit()
    let words = ["ada-lovelace", "secret-of-ada", "insert-ada", "ada@example.org", "log-of-ada"]
    #expect(try words.allSatisfy { try holds($0, system) }, "the search finds what is there")
    _ = try engine.forget(["ada-lovelace"])
    let summary = try engine.compact()
    #expect(summary.erasedUserCount == 1 && summary.readers.isEmpty)
    for word in words { #expect(try !holds(word, system), "\(word)") }
    #expect(try holds("user-299", system) && holds("text-299", system) && holds("id-299", system))
    #expect(try universe(engine).count == 300)
    #expect(try engine.append([event("ada-lovelace", 5, "s")]).refusals.count == 1)
    let files = try engine.snapshot().manifest.segmentFiles
    #expect(try engine.compact().erasedUserCount == 0)
    #expect(try engine.snapshot().manifest.segmentFiles == files)
  }

  /// Whether some file of the store holds a text, in whatever encoding.
  private func holds(_ word: String, _ system: SimulatedFileSystem) throws -> Bool {
    var bytes: [[UInt8]] = []
    for name in try system.list(StoreScript.path)
    where !system.isDirectory(StoreScript.path + "/" + name) {
      bytes.append(try system.read(StoreScript.path + "/" + name))
    }
    let snapshot = try Engine(reading: system).snapshot()
    for file in snapshot.users.files { bytes.append(try file.idBytes(file.ordinals).arena) }
    for file in snapshot.segmentFiles {
      for index in file.directory.properties.indices {
        bytes.append(try file.dictionary(ofProperty: index).arena)
        bytes.append(Array(file.directory.properties[index].name.utf8))
      }
      for row in try file.storedRows().flatMap({ $0 }) { bytes.append(Array("\(row)".utf8)) }
    }
    let wanted = Array(word.utf8)
    return bytes.contains { bytes in
      bytes.count >= wanted.count
        && (0...bytes.count - wanted.count).contains {
          bytes[$0..<$0 + wanted.count].elementsEqual(wanted)
        }
    }
  }

  @Test func readersThatHoldErasedBytesAreNamed() throws {
    let system = SimulatedFileSystem()
    let engine = try engine(system)
    try engine.append([event("ada", 1, "s"), event("bob", 2, "s")])
    try engine.flush()
    var reader: Engine? = try Engine(reading: system)
    var snapshot = try reader?.snapshot()
    _ = try engine.forget(["ada"])
    let summary = try engine.compact()
    #expect(summary.readers == ["process 1"])
    #expect(try snapshot?.universe(before: Timestamp(milliseconds: .max)).count == 2)
    (snapshot, reader) = (nil, nil)
    #expect(try engine.readers(before: .max).isEmpty)
  }

  @Test func expiredEventsGoAndStayOut() throws {
    let system = SimulatedFileSystem()
    let engine = try engine(system)
    try engine.append([event("old", 10, "a", id: "1"), event("both", 20, "b", id: "2")])
    try engine.flush()
    try engine.append([event("both", 200, "c", id: "3"), event("new", 300, "d")])
    try engine.append([
      .traits(
        TraitUpdate(user: "traits", at: Timestamp(milliseconds: 5), ["plan": "free"]))
    ])
    try engine.commit()
    let summary = try engine.expire(before: Timestamp(milliseconds: 100))
    #expect(summary.eventCount == 2)
    #expect(try universe(engine) == ["both", "new", "traits"])
    let snapshot = try engine.snapshot()
    #expect(try snapshot.universe(before: Timestamp(milliseconds: 200)).count == 1)
    #expect(try snapshot.universe(before: Timestamp(milliseconds: 201)).count == 2)
    let refused = try engine.append([event("old", 10, "a", id: "1"), event("old", 100, "e")])
    #expect(refused.refusals == [AppendSummary.Refusal(row: 0, reason: .expired)])
    #expect(refused.appended == 1)
    try engine.commit()
    #expect(try engine.expire(before: Timestamp(milliseconds: 50)).eventCount == 0)
    #expect(try universe(try Engine(reading: system)) == ["old", "both", "new", "traits"])
  }
}
