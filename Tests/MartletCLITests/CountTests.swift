import Foundation
import Testing

@Suite struct CountTests {
  @Test func jsonHasTheKeysOfTheContract() throws {
    let run = try Tool.run(
      ["count", try Shop.store.get(), "did  purchase", "--format", "json"] + Shop.asOf)
    #expect(run.code == 0)
    let answer = try run.json
    #expect(answer["count"] as? Int == 328)
    #expect(answer["pending"] as? Int == 0)
    #expect(answer["universe"] as? Int == 600)
    #expect(answer["as_of"] as? String == "2024-07-01T00:00:00.000Z")
    #expect(answer["timezone"] as? String == "UTC")
    #expect(answer["expression"] as? String == "did purchase")
    #expect(run.errors == "")
  }

  @Test func tableSaysWhatItAssumed() throws {
    let run = try Tool.run(
      ["count", try Shop.store.get(), "did cart", "--timezone", "Europe/Berlin"] + Shop.asOf)
    #expect(run.code == 0)
    #expect(
      run.lines == [
        "489 of 600 users",
        "as of 2024-06-30T22:00:00.000Z (Europe/Berlin): did cart",
      ])
  }

  @Test func csvHasAHeader() throws {
    let run = try Tool.run(
      ["count", try Shop.store.get(), #"did cart[platform in ("a", "b")]"#, "--format", "csv"]
        + Shop.asOf)
    #expect(
      run.output
        == "count,pending,universe,as_of,timezone,expression\r\n"
        + #"0,0,600,2024-07-01T00:00:00.000Z,UTC,"did cart[platform in (""a"", ""b"")]""#
        + "\r\n")
  }

  @Test func pendingIsCountedApart() throws {
    let run = try Tool.run(
      "count", try Shop.store.get(), "cart without purchase within 30 days", "--as-of",
      "2024-06-20", "--format", "json")
    let answer = try run.json
    let (count, pending) = (answer["count"] as? Int ?? 0, answer["pending"] as? Int ?? 0)
    #expect(pending > 0)
    #expect(count > 0)
    #expect(count + pending <= 600)
  }

  @Test func theExpressionCanComeFromStandardInput() throws {
    let run = try Tool.run(
      ["count", try Shop.store.get(), "-", "--format", "json"] + Shop.asOf,
      input: Data("-- buyers\ndid purchase\n".utf8))
    #expect(try run.json["count"] as? Int == 328)
  }

  @Test(arguments: [
    ("2024-07-01", "UTC", "2024-07-01T00:00:00.000Z"),
    ("2024-07-01T02:30", "Europe/Berlin", "2024-07-01T00:30:00.000Z"),
    ("2024-07-01 02:30:01.5", "UTC", "2024-07-01T02:30:01.500Z"),
    ("2024-07-01T02:30:00+10:30", "Europe/Berlin", "2024-06-30T16:00:00.000Z"),
    ("1719792000000", "Europe/Berlin", "2024-07-01T00:00:00.000Z"),
  ])
  func asOfTakesEveryFormOfTime(_ text: String, _ zone: String, _ instant: String) throws {
    let run = try Tool.run(
      "count", try Shop.store.get(), "everyone", "--as-of", text, "--timezone", zone, "--format",
      "json")
    #expect(try run.json["as_of"] as? String == instant)
  }

  @Test(arguments: ["yesterday", "2024-13-01", "20240701", "171979200000", ""])
  func asOfRefusesWhatIsNoTime(_ text: String) throws {
    let run = try Tool.run("count", try Shop.store.get(), "everyone", "--as-of", text)
    #expect(run.code == 64)
    #expect(run.errors.contains("--as-of"))
  }

  @Test func anUnknownZoneIsAnErrorWithAHint() throws {
    let run = try Tool.run(
      "count", try Shop.store.get(), "everyone", "--timezone", "Europe/Berlln")
    #expect(run.code == 64)
    #expect(run.errors.contains("did you mean Europe/Berlin?"))
  }

  @Test func aBadExpressionShowsThePlace() throws {
    let run = try Tool.run("count", try Shop.store.get(), "did purchase in lst 3 days")
    #expect(run.code == 64)
    #expect(run.output == "")
    #expect(
      run.errors == """
        error: column 17: expected `last` or `this`, found `lst`
          did purchase in lst 3 days
                          ^^^
        hint: did you mean `last`?

        """)
  }

  @Test func anUnknownEventTypeShowsThePlaceAndTheNearest() throws {
    let store = try Shop.store.get()
    let run = try Tool.run("count", store, "not did purchas")
    #expect(run.code == 64)
    #expect(run.errors.contains("\n  not did purchas\n          ^^^^^^^\n"))
    #expect(run.errors.contains(#"hint: did you mean "purchase"?"#))
    let allowed = try Tool.run(
      "count", store, "not did purchas", "--allow-unknown", "--format", "json")
    #expect(try allowed.json["count"] as? Int == 600)
  }

  @Test(arguments: [
    ["count"], ["count", "store"], ["count", "store", "everyone", "--format", "xml"],
    ["cuont", "store", "everyone"], ["count", "store", "everyone", "--nonsense"],
  ])
  func usageErrorsExitWith64(_ arguments: [String]) throws {
    let run = try Tool.run(arguments)
    #expect(run.code == 64)
    #expect(run.output == "")
    #expect(run.errors.contains("sage"))
  }

  @Test func noStoreExitsWith66() throws {
    let folder = try Folder()
    for path in [folder / "none", folder.path, try folder.file("file", "text")] {
      let run = try Tool.run("count", path, "everyone")
      #expect(run.code == 66, "\(run.errors)")
      #expect(run.errors.contains(path))
    }
    #expect(!FileManager.default.fileExists(atPath: folder / "none"))
  }

  @Test func aDamagedManifestExitsWith65() throws {
    let folder = try Folder()
    let store = folder / "s"
    _ = try Tool.run("import", store, "-", input: Lines.three)
    let manifest = store + "/manifest"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: manifest))
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: URL(fileURLWithPath: manifest))
    let run = try Tool.run("count", store, "everyone")
    #expect(run.code == 65)
    #expect(run.errors.contains(manifest))
  }

  @Test func noColorReachesAFile() throws {
    let run = try Tool.run("count", try Shop.store.get(), "did")
    #expect(!run.errors.contains("\u{1B}"))
  }
}
