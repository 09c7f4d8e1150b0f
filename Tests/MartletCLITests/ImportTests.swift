import Foundation
import Testing

@Suite struct ImportTests {
  @Test func jsonHasTheKeysOfTheContract() throws {
    let folder = try Folder()
    let run = try Tool.run(
      "import", folder / "s", Shop.events, "--format", "json")
    #expect(run.code == 0)
    let summary = try run.json
    #expect(summary["imported"] as? Int == 31_106)
    #expect(summary["trait_updates"] as? Int == 1410)
    #expect(summary["duplicates"] as? Int == 0)
    #expect(summary["rejected"] as? Int == 0)
    #expect(summary["users"] as? Int == 600)
    #expect(summary["bytes"] as? Int == 292_008)
    #expect((summary["seconds"] as? Double ?? 0) > 0)
    #expect(summary["interrupted"] as? Bool == false)
    #expect(summary["remarks"] as? [String] == [])
    #expect(run.errors == "")
  }

  @Test func theTableIsForPeople() throws {
    let folder = try Folder()
    let run = try Tool.run("import", folder / "s", "-", input: Lines.three)
    #expect(run.code == 0)
    #expect(run.lines.contains { $0.hasPrefix("events imported ") && $0.hasSuffix(" 3") })
  }

  @Test func bothFormatsCanBeNamed() throws {
    let folder = try Folder()
    let csv = "user_id,event,timestamp,amount\nu1,Buy,2026-01-01,12.50\nu2,Buy,2026-01-02,\n"
    let run = try Tool.run(
      "import", folder / "s", "-", "--format", "csv", "--format", "json", input: csv)
    #expect(run.code == 0, "\(run.errors)")
    #expect(try run.json["imported"] as? Int == 2)
    #expect(try run.json["remarks"] as? [String] != [])
    #expect(run.errors.contains("midnight UTC"))
    let count = try Tool.run(
      "count", folder / "s", "sum(Buy.amount) = 12.5", "--format", "json")
    #expect(try count.json["count"] as? Int == 1)
  }

  @Test(arguments: [
    ["csv", "ndjson"], ["json", "table"], ["csvv"], ["amplitude"],
  ])
  func otherFormatsAreUsageErrors(_ formats: [String]) throws {
    let folder = try Folder()
    let run = try Tool.run(
      ["import", folder / "s", "-"] + formats.flatMap { ["--format", $0] },
      input: Data(Lines.three.utf8))
    #expect(run.code == 64)
    #expect(!FileManager.default.fileExists(atPath: folder / "s"))
  }

  @Test func fieldsAndColumnKindsAreMapped() throws {
    let folder = try Folder()
    let csv = "who,what,when,code\nu1,Buy,2026-01-01T10:00:00Z,00123\n"
    let file = try folder.file("e.csv", csv)
    let run = try Tool.run(
      "import", folder / "s", file, "--user", "who", "--event", "what", "--time", "when",
      "--types", "code=number")
    #expect(run.code == 0, "\(run.errors)")
    let count = try Tool.run(
      "count", folder / "s", "did Buy[code = 123]", "--format", "json")
    #expect(try count.json["count"] as? Int == 1)
    let refused = try Tool.run("import", folder / "s", file, "--types", "code=date")
    #expect(refused.code == 64)
  }

  @Test func theZoneOfLocalTimesIsTheFlags() throws {
    let folder = try Folder()
    let run = try Tool.run(
      "import", folder / "s", "-", "--timezone", "Australia/Melbourne",
      input: Lines.event("u1", "A", "2026-01-01T00:00:00"))
    #expect(run.code == 0)
    #expect(run.errors.contains("Australia/Melbourne"))
    let stats = try Tool.run("stats", folder / "s", "--format", "json")
    #expect(try stats.json["earliest"] as? String == "2025-12-31T13:00:00.000Z")
  }

  @Test func replaysAreDropped() throws {
    let folder = try Folder()
    for round in 0..<2 {
      let run = try Tool.run(
        "import", folder / "s", "-", "--format", "json", input: Lines.three)
      #expect(try run.json["imported"] as? Int == (round == 0 ? 3 : 0))
      #expect(try run.json["duplicates"] as? Int == (round == 0 ? 0 : 3))
      #expect(try run.json["users"] as? Int == 2)
    }
  }

  @Test func rejectsAreKeptAndCounted() throws {
    let folder = try Folder()
    let input = Lines.three + "{\"user_id\":\"u9\"}\nnot json\n"
    let rejects = folder / "rejects.ndjson"
    let run = try Tool.run(
      "import", folder / "s", "-", "--rejects", rejects, "--format", "json", input: input)
    #expect(run.code == 0)
    #expect(try run.json["imported"] as? Int == 3)
    #expect(try run.json["rejected"] as? Int == 2)
    let lines = try String(contentsOfFile: rejects, encoding: .utf8)
      .split(separator: "\n")
    #expect(lines.count == 2)
    let last = try JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: Any]
    #expect(last?["line"] as? Int == 5)
    #expect(last?["raw"] as? String == "not json")
    #expect(last?["reason"] as? String != "")
  }

  @Test func tooManyRejectsKeepWhatCameBefore() throws {
    let folder = try Folder()
    let input = Lines.three + "not json\n" + Lines.event("u5", "A", "2026-01-05T00:00:00Z")
    let run = try Tool.run("import", folder / "s", "-", "--max-rejects", "0", input: input)
    #expect(run.code == 65)
    #expect(run.errors.contains("line 4"))
    #expect(run.errors.contains("durable: "))
    let count = try Tool.run("count", folder / "s", "did A", "--format", "json")
    #expect((try count.json["count"] as? Int ?? 0) >= 2)
  }

  @Test(arguments: ["-1", "many"])
  func maxRejectsIsANumber(_ text: String) throws {
    let folder = try Folder()
    #expect(try Tool.run("import", folder / "s", "-", "--max-rejects=\(text)").code == 64)
  }

  @Test func twoWritersExcludeEachOther() throws {
    let folder = try Folder()
    let store = folder / "s"
    _ = try Tool.run("import", store, "-", input: Lines.three)
    // The first writer waits for a pipe that has no writer yet.
    let pipe = Pipe()
    let first = Process()
    first.executableURL = URL(fileURLWithPath: Tool.path)
    first.arguments = ["import", store, "-"]
    first.standardInput = pipe
    first.standardOutput = FileHandle.nullDevice
    try first.run()
    // A second writer before the first holds the lock would take it away from it.
    let holder = "\(first.processIdentifier)"
    for _ in 0..<1000 {
      let written = (try? String(contentsOfFile: store + "/lock", encoding: .utf8)) ?? ""
      if written.contains(holder) { break }
      Thread.sleep(forTimeInterval: 0.02)
    }
    let second = try Tool.run("import", store, "-", input: Lines.three)
    #expect(second.code == 69, "\(second.errors)")
    #expect(second.errors.contains(holder))
    // Readers go on.
    #expect(try Tool.run("count", store, "everyone").code == 0)
    try pipe.fileHandleForWriting.close()
    first.waitUntilExit()
    #expect(first.terminationStatus == 0)
    #expect(try Tool.run("import", store, "-", input: Lines.three).code == 0)
  }
}
