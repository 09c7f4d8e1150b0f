import Foundation
import Martlet
import Testing

/// `compact`: what it merges, what it erases and whom it waits for.
@Suite struct CompactTests {
  /// Ids that share nothing, so that compression leaves them as they are.
  private static let ids = ["K9dv2mVq0X", "zLp4Rw7xbN", "Ty6uEfG3hJ", "sA1cQo8i5M"]

  /// A store of four imports.
  private func store(in folder: Folder) throws -> String {
    for day in 1...4 {
      let run = try Tool.run(
        "import", folder / "s", "-",
        input: Lines.event(Self.ids[day - 1], "A", "2026-01-0\(day)T00:00:00Z")
          + Lines.event("friend", "B", "2026-01-0\(day)T00:00:00Z"))
      #expect(run.code == 0, "\(run.errors)")
    }
    return folder / "s"
  }

  private func holds(_ text: String, in store: String) throws -> Bool {
    try FileManager.default.contentsOfDirectory(atPath: store).contains { name in
      guard let data = FileManager.default.contents(atPath: store + "/" + name) else {
        return false
      }
      return data.range(of: Data(text.utf8)) != nil
    }
  }

  @Test func manyFilesBecomeOne() throws {
    let folder = try Folder()
    let store = try store(in: folder)
    let before = try Tool.run("count", store, "did A", "--format", "json").json["count"] as? Int
    let json = try Tool.run("compact", store, "--format", "json").json
    #expect(json["segment_files_before"] as? Int == 4)
    #expect(json["segment_files_after"] as? Int == 1)
    let bytes = (json["bytes_before"] as? Int ?? 0, json["bytes_after"] as? Int ?? 0)
    #expect(bytes.0 > bytes.1 && bytes.1 > 0)
    #expect(json["erased_users"] as? Int == 0)
    #expect(json["readers"] as? [String] == [])
    #expect(
      try Tool.run("count", store, "did A", "--format", "json").json["count"] as? Int == before)
    let again = try Tool.run("compact", store)
    #expect(again.code == 0)
    #expect(again.output.contains("segment files"))
    #expect(!again.output.contains("erased"))
    #expect(try Tool.run("compact", folder / "nowhere").code == 66)
    #expect(!FileManager.default.fileExists(atPath: folder / "nowhere"))
  }

  @Test func forgottenUsersAreErased() throws {
    let folder = try Folder()
    let store = try store(in: folder)
    #expect(try Tool.run("forget", store, Self.ids[1]).code == 0)
    #expect(try holds(Self.ids[1], in: store))
    let run = try Tool.run("compact", store)
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.contains("erased 1 forgotten ids"))
    #expect(run.errors == "")
    #expect(try !holds(Self.ids[1], in: store))
    #expect(try holds(Self.ids[2], in: store))
    let stats = try Tool.run("stats", store, "--format", "json").json
    #expect(stats["forgotten_not_erased"] as? Int == 0)
    #expect(stats["users"] as? Int == 4)
  }

  @Test func readersOfWhatWasErasedAreNamed() throws {
    let folder = try Folder()
    let store = try store(in: folder)
    #expect(try Tool.run("forget", store, Self.ids[0]).code == 0)
    let own = "process \(ProcessInfo.processInfo.processIdentifier)"
    var snapshot: Snapshot? = try EventStore(at: store, access: .readOnly).snapshot()
    let json = try Tool.run("compact", store, "--no-wait", "--format", "json")
    #expect(json.code == 0)
    #expect(json.errors.contains(own))
    #expect(try json.json["readers"] as? [String] == [own])
    // The reader still sees what it saw.
    #expect(try snapshot?.count("everyone").count == 4)
    snapshot = nil
  }

  @Test func readersOfWhatWasErasedAreWaitedFor() async throws {
    let folder = try Folder()
    let output = try Folder()
    let store = try store(in: folder)
    #expect(try Tool.run("forget", store, Self.ids[0]).code == 0)
    let own = "process \(ProcessInfo.processInfo.processIdentifier)"
    var snapshot: Snapshot? = try EventStore(at: store, access: .readOnly).snapshot()
    let process = try Tool.start(
      ["compact", store], standardInput: FileHandle.nullDevice, in: output)
    for _ in 0..<1000 {
      let errors = try String(contentsOfFile: output / "err", encoding: .utf8)
      if errors.contains("waiting for \(own)") { break }
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(process.isRunning)
    #expect(snapshot != nil)
    snapshot = nil
    process.waitUntilExit()
    let run = try Tool.finished(process, in: output)
    #expect(run.code == 0)
    #expect(run.errors.contains("waiting for \(own)"))
    #expect(run.output.contains("erased 1 forgotten ids"))
  }
}
