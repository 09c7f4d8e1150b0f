import Foundation
import Testing

/// What goes out comes back: timelines, exports, generated events.
@Suite struct TransferTests {
  static let rich =
    Lines.event(
      "u1", "Buy", "2026-01-01T00:00:00Z",
      #","insert_id":"i1","properties":{"n":12.50,"t":"x","b":true,"l":["a","b"],"e":[]}"#)
    + Lines.event("u1", "View", "2026-01-01T00:00:00Z", #","properties":{"n":1e30}"#)
    + Lines.event("u2", "View", "2026-01-02T00:00:00Z")
    + Lines.event("u1", "View", "2025-12-31T00:00:00Z")
    + #"{"type":"identify","user_id":"u1","timestamp":"2026-01-03T00:00:00Z","#
    + #""traits":{"plan":"pro","old":null}}"# + "\n"

  private func store(_ folder: Folder) throws -> String {
    let run = try Tool.run("import", folder / "s", "-", input: Self.rich)
    #expect(run.code == 0, "\(run.errors)")
    return folder / "s"
  }

  @Test func aTimelineIsWhatWasSent() throws {
    let folder = try Folder()
    let run = try Tool.run("events", try store(folder), "--user", "u1", "--format", "json")
    #expect(run.code == 0, "\(run.errors)")
    #expect(try run.json["user_id"] as? String == "u1")
    #expect(
      run.output.contains(
        #""events":[{"event":"View","timestamp":"2025-12-31T00:00:00.000Z","properties":{}},"#
          + #"{"event":"Buy","timestamp":"2026-01-01T00:00:00.000Z","insert_id":"i1","#
          + #""properties":{"b":true,"e":[],"l":["a","b"],"n":12.5,"t":"x"}},"#
          + #"{"event":"View","timestamp":"2026-01-01T00:00:00.000Z","properties":{"n":"#),
      "\(run.output)")
    #expect(
      run.output.contains(
        #"{"type":"identify","timestamp":"2026-01-03T00:00:00.000Z","#
          + #""traits":{"old":null,"plan":"pro"}}"#))
  }

  @Test func aTimelineEndsAtItsInstant() throws {
    let folder = try Folder()
    let run = try Tool.run(
      "events", try store(folder), "--user", "u1", "--as-of", "2026-01-01", "--format", "csv")
    #expect(
      run.output
        == "timestamp,event,insert_id,properties\r\n2025-12-31T00:00:00.000Z,View,,{}\r\n")
  }

  @Test func anUnknownUserIsAnError() throws {
    let folder = try Folder()
    let run = try Tool.run("events", try store(folder), "--user", "nobody")
    #expect(run.code == 64)
    #expect(run.errors.contains("nobody"))
  }

  @Test(arguments: ["e.ndjson", "e.ndjson.gz", "e.jsonl.zst", "e.ndjson.lz4"])
  func exportedEventsImportToTheSameAnswers(_ name: String) throws {
    let folder = try Folder()
    let store = try store(folder)
    let file = folder / name
    let export = try Tool.run("export", store, "everyone", "--to", file, "--format", "json")
    #expect(export.code == 0, "\(export.errors)")
    #expect(try export.json["rows"] as? Int == 5)
    #expect(try export.json["count"] as? Int == 2)
    let again = try Tool.run("import", folder / "t", file)
    #expect(again.code == 0, "\(again.errors)")
    for user in ["u1", "u2"] {
      let arguments = ["--user", user, "--as-of", "2027-01-01", "--format", "json"]
      let first = try Tool.run(["events", store] + arguments)
      let second = try Tool.run(["events", folder / "t"] + arguments)
      #expect(first.output == second.output)
    }
  }

  @Test func realDataSurvivesAnExport() throws {
    let folder = try Folder()
    let store = try Shop.store.get()
    let file = folder / "shop.ndjson.zst"
    #expect(try Tool.run(["export", store, "everyone", "--to", file] + Shop.asOf).code == 0)
    #expect(try Tool.run("import", folder / "t", file).code == 0)
    for expression in [
      "did purchase", "cart then purchase within 1 day", "cart without purchase within 7 days",
      "count(search in last 60 days) >= 3", #"user.acquisition_channel = "email""#,
    ] {
      let arguments = [expression, "--format", "json"] + Shop.asOf
      let first = try Tool.run(["count", store] + arguments)
      let second = try Tool.run(["count", folder / "t"] + arguments)
      #expect(first.code == 0, "\(first.errors)")
      #expect(first.output == second.output)
    }
  }

  @Test func idsAndBitmapsAreExported() throws {
    let folder = try Folder()
    let store = try store(folder)
    #expect(try Tool.run("export", store, "did View", "--to", folder / "v.txt").code == 0)
    #expect(try String(contentsOfFile: folder / "v.txt", encoding: .utf8) == "u1\nu2\n")
    #expect(try Tool.run("export", store, "did Buy", "--to", folder / "v.csv").code == 0)
    #expect(
      try String(contentsOfFile: folder / "v.csv", encoding: .utf8) == "user_id\r\nu1\r\n")
    #expect(try Tool.run("export", store, "everyone", "--to", folder / "v.roaring").code == 0)
    let bitmap = try Data(contentsOf: URL(fileURLWithPath: folder / "v.roaring"))
    // Cookie 12346, one container of key 0 and two members: 0 and 1.
    let expected: [UInt8] = [
      0x3A, 0x30, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 16, 0, 0, 0, 0, 0, 1, 0,
    ]
    #expect(bitmap == Data(expected))
  }

  @Test func exportsReplaceNothingAndLeaveNothing() throws {
    let folder = try Folder()
    let store = try store(folder)
    let taken = try folder.file("taken.txt", "mine")
    #expect(try Tool.run("export", store, "everyone", "--to", taken).code == 74)
    #expect(try String(contentsOfFile: taken, encoding: .utf8) == "mine")
    #expect(try Tool.run("export", store, "everyone", "--to", folder / "x.pdf").code == 64)
    #expect(try Tool.run("export", store, "did Nix", "--to", folder / "x.txt").code == 64)
    #expect(
      Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
        == ["s", "taken.txt"])
  }

  @Test func generatedFilesAndStoresHoldTheSame() throws {
    let folder = try Folder()
    let size = ["--users", "50", "--events", "2000", "--seed", "7"]
    for name in ["e.ndjson.zst", "e.csv", "g"] {
      let run = try Tool.run(["generate", "--output", folder / name] + size)
      #expect(run.code == 0, "\(run.errors)")
    }
    #expect(try Tool.run("import", folder / "i", folder / "e.ndjson.zst").code == 0)
    #expect(try Tool.run("import", folder / "c", folder / "e.csv").code == 0)
    var answers: Set<String> = []
    for store in ["g", "i", "c"] {
      let run = try Tool.run(
        "count", folder / store, "count(any) >= 30", "--as-of", "2026-05-01", "--format",
        "json")
      #expect(run.code == 0, "\(run.errors)")
      let answer = try run.json
      answers.insert("\(answer["count"] ?? "none")")
    }
    #expect(answers.count == 1, "\(answers)")
    #expect(try Tool.run(["generate", "--output", folder / "e.csv"] + size).code == 74)
    #expect(
      try Tool.run(
        "generate", "--users", "0", "--events", "1", "--seed", "1", "--output", folder / "z.csv"
      ).code == 64)
  }

  @Test func helpShowsExamplesFirst() throws {
    for command in [
      "import", "count", "users", "explain", "stats", "events", "segments", "export", "generate",
    ] {
      let run = try Tool.run("help", command)
      #expect(run.code == 0)
      let example = run.output.range(of: "\nmartlet \(command) ")
      let usage = run.output.range(of: "USAGE:")
      #expect(example != nil && usage != nil, "\(command)")
      if let example, let usage { #expect(example.lowerBound < usage.lowerBound) }
    }
    #expect(try Tool.run("--version").output.hasPrefix("martlet "))
  }
}
