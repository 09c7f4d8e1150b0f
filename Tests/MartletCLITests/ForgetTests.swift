import Foundation
import Testing

/// `forget`, `expire` and what imports say of rows that the store refuses.
@Suite struct ForgetTests {
  private func store(in folder: Folder) throws -> String {
    let run = try Tool.run("import", folder / "s", "-", input: Lines.three)
    #expect(run.code == 0, "\(run.errors)")
    return folder / "s"
  }

  private func users(_ store: String) throws -> [String] {
    try Tool.run("users", store, "everyone").lines
  }

  @Test func aForgottenUserIsGoneAndRefused() throws {
    let folder = try Folder()
    let store = try store(in: folder)
    let run = try Tool.run("forget", store, "u1", "nobody", "u1")
    #expect(run.code == 0)
    #expect(run.output == "forgotten 1 id\n")
    #expect(run.errors.contains("there is no user \"nobody\""))
    #expect(run.errors.contains("martlet compact"))
    #expect(try users(store) == ["u2"])
    let stats = try Tool.run("stats", store, "--format", "json").json
    #expect(stats["users"] as? Int == 1)
    #expect(stats["forgotten_not_erased"] as? Int == 1)

    let rejects = folder / "rejects"
    let again = try Tool.run(
      "import", store, "-", "--rejects", rejects, "--format", "json",
      input: Lines.event("u1", "A", "2026-02-01T00:00:00Z", #","properties":{"n":7}"#)
        + Lines.event("u3", "A", "2026-02-01T00:00:00Z"))
    #expect(again.code == 0, "\(again.errors)")
    let json = try again.json
    #expect(json["imported"] as? Int == 1)
    #expect(json["rejected"] as? Int == 1)
    #expect(json["refused_forgotten"] as? Int == 1)
    #expect(json["refused_expired"] as? Int == 0)
    #expect(json["users"] as? Int == 2)
    #expect((json["remarks"] as? [String])?.contains { $0.contains("forgotten") } == true)
    let line = try String(contentsOfFile: rejects, encoding: .utf8)
    let reject = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    #expect(reject?["file"] as? String == "-")
    #expect(reject?["line"] is NSNull)
    #expect(reject?["reason"] as? String == "the user was forgotten")
    let raw =
      #"{"user_id":"u1","event":"A","timestamp":"2026-02-01T00:00:00.000Z","properties":{"n":7}}"#
    #expect(reject?["raw"] as? String == raw)
  }

  @Test func refusedRowsCountAgainstMaxRejects() throws {
    let folder = try Folder()
    let store = try store(in: folder)
    _ = try Tool.run("forget", store, "u1")
    let run = try Tool.run(
      "import", store, "-", "--max-rejects", "0",
      input: Lines.event("u1", "A", "2026-02-01T00:00:00Z"))
    #expect(run.code == 65)
    #expect(run.errors.contains("the user was forgotten"))
  }

  @Test func idsComeFromAFile() throws {
    let folder = try Folder()
    let store = try store(in: folder)
    let ids = try folder.file("ids", "u1\r\n\nu2\nghost\n")
    let run = try Tool.run("forget", store, "--ids", ids, "--format", "json")
    #expect(run.code == 0)
    #expect(try run.json["forgotten"] as? Int == 2)
    #expect(try run.json["unknown"] as? [String] == ["ghost"])
    #expect(try users(store) == [])
    let admitted = try Tool.run(
      "forget", store, "--ids", "-", "--admit", "--format", "csv", input: "u1\nghost\n")
    #expect(admitted.output == "admitted,unknown\r\n1,1\r\n")
    // Who comes with an admitted id is a new user.
    let again = try Tool.run("import", store, "-", "--format", "json", input: Lines.three)
    #expect(try again.json["imported"] as? Int == 2)
    #expect(try again.json["refused_forgotten"] as? Int == 1)
    #expect(try users(store) == ["u1"])
  }

  @Test func idsThatNobodyHasAreAnError() throws {
    let folder = try Folder()
    let store = try store(in: folder)
    for arguments in [["ghost"], ["ghost", "u"], ["u1", "--admit"]] {
      let run = try Tool.run(["forget", store] + arguments)
      #expect(run.code == 65, "\(arguments)")
      #expect(run.errors.contains(arguments[0]))
      #expect(run.output == "")
    }
    #expect(try users(store) == ["u1", "u2"])
    #expect(try Tool.run("forget", store).code == 64)
    #expect(try Tool.run("forget", store, "").code == 65)
    #expect(try Tool.run("forget", store, "--ids", folder / "none").code == 66)
    #expect(try Tool.run("forget", folder / "nowhere", "u1").code == 66)
    #expect(!FileManager.default.fileExists(atPath: folder / "nowhere"))
    let long = try folder.file("long", "u1\n" + String(repeating: "x", count: 1025) + "\n")
    let refused = try Tool.run("forget", store, "--ids", long)
    #expect(refused.code == 65)
    #expect(refused.errors.contains("line 2"))
    let broken = try folder.file("broken", Data([0x75, 0xFF, 0x0A]))
    #expect(try Tool.run("forget", store, "--ids", broken).code == 65)
    #expect(try users(store) == ["u1", "u2"])
  }

  @Test func expiredEventsAreDroppedAndRefused() throws {
    let folder = try Folder()
    let store = try store(in: folder)
    let run = try Tool.run("expire", store, "--before", "2026-01-02", "--format", "json")
    #expect(run.code == 0, "\(run.errors)")
    #expect(try run.json["dropped"] as? Int == 1)
    #expect(try run.json["expired_before"] as? String == "2026-01-02T00:00:00.000Z")
    let stats = try Tool.run("stats", store, "--format", "json").json
    #expect(stats["events"] as? Int == 2)
    #expect(stats["expired_before"] as? String == "2026-01-02T00:00:00.000Z")
    // An earlier instant changes nothing.
    let earlier = try Tool.run("expire", store, "--before", "2025-01-01")
    #expect(earlier.code == 0)
    #expect(earlier.output.contains("dropped 0 events"))
    #expect(earlier.output.contains("2026-01-02"))
    let again = try Tool.run(
      "import", store, "-", "--format", "json",
      input: Lines.event("u1", "A", "2026-01-01T12:00:00Z"))
    #expect(try again.json["refused_expired"] as? Int == 1)
    #expect(try again.json["rejected"] as? Int == 1)
  }

  @Test(arguments: ["yesterday", "2026-13-01", ""])
  func aTimeThatIsNoneIsAnError(_ time: String) throws {
    let folder = try Folder()
    let store = try store(in: folder)
    let run = try Tool.run("expire", store, "--before", time)
    #expect(run.code == 64)
    #expect(run.errors.contains("--before"))
    #expect(try Tool.run("expire", store).code == 64)
    #expect(
      try Tool.run("expire", store, "--before", "2026-01-02", "--timezone", "Moon").code == 64)
    #expect(try users(store) == ["u1", "u2"])
  }

  @Test func theZoneOfTheTimeIsTheFlags() throws {
    let folder = try Folder()
    let store = try store(in: folder)
    let run = try Tool.run(
      "expire", store, "--before", "2026-01-02", "--timezone", "Australia/Melbourne", "--format",
      "csv")
    #expect(run.output.contains("2026-01-01T13:00:00.000Z"))
  }
}
