import Foundation
import Testing

/// Users with several ids, from their import to their export.
@Suite struct IdentityTests {
  private static let lines =
    #"{"anonymous_id":"anon","event":"Visit","timestamp":"2026-01-01T00:00:00Z"}"# + "\n"
    + #"{"user_id":"ada","anonymous_id":"anon","event":"Sign Up","#
    + #""timestamp":"2026-01-02T00:00:00Z"}"#
    + "\n" + Lines.event("bob", "Visit", "2026-01-01T00:00:00Z")
    + Lines.event("robert", "Sign Up", "2026-01-02T00:00:00Z")

  private func count(_ store: String, _ expression: String) throws -> Int? {
    try Tool.run("count", store, expression, "--format", "json").json["count"] as? Int
  }

  @Test func anonymousEventsBecomeTheUsers() throws {
    let folder = try Folder()
    let store = folder / "s"
    let json = try Tool.run("import", store, "-", "--format", "json", input: Self.lines).json
    #expect(json["imported"] as? Int == 4)
    #expect(json["identified"] as? Int == 1)
    #expect(json["ignored_links"] as? Int == 0)
    #expect(json["users"] as? Int == 3)
    #expect(try Tool.run("users", store, "Visit then \"Sign Up\" within 7 days").lines == ["ada"])
    let stats = try Tool.run("stats", store, "--types", "--format", "json").json
    #expect(stats["users"] as? Int == 3)
    #expect(stats["aliases"] as? Int == 1)
    let merge = try Tool.run(
      "import", store, "-", "--format", "json",
      input: #"{"type":"merge","from_id":"robert","user_id":"bob"}"# + "\n")
    #expect(merge.code == 0, "\(merge.errors)")
    #expect(try merge.json["identified"] as? Int == 1)
    #expect(try merge.json["users"] as? Int == 2)
    #expect(try count(store, "Visit then \"Sign Up\" within 7 days") == 2)
    // Forgetting any id forgets the user.
    #expect(try Tool.run("forget", store, "anon").code == 0)
    #expect(try Tool.run("users", store, "everyone").lines == ["bob"])
    let late = try Tool.run(
      "import", store, "-", "--format", "json",
      input: #"{"type":"alias","previous_id":"phone","user_id":"ada"}"# + "\n")
    #expect(try late.json["ignored_links"] as? Int == 1)
    #expect(try Tool.run("users", store, "everyone").lines == ["bob"])
  }

  @Test func linksThatContradictChangeNothing() throws {
    let folder = try Folder()
    let store = folder / "s"
    func link(_ type: String, _ from: String, _ user: String) throws -> [Int?] {
      let line = #"{"type":"\#(type)","previous_id":"\#(from)","user_id":"\#(user)"}"# + "\n"
      let run = try Tool.run("import", store, "-", "--format", "json", input: line)
      #expect(run.code == 0, "\(run.errors)")
      return [try run.json["identified"] as? Int, try run.json["ignored_links"] as? Int]
    }
    _ = try Tool.run("import", store, "-", input: Self.lines)
    #expect(try link("alias", "anon", "ada") == [0, 1], "known before")
    #expect(try link("alias", "anon", "bob") == [0, 1], "the first link of an id holds")
    #expect(try link("alias", "ada", "bob") == [0, 1], "ada is a user in her own right")
    #expect(try link("alias", "ada", "anon") == [0, 1], "anon is ada already")
    #expect(try link("merge", "bob", "robert") == [1, 0])
    #expect(try link("merge", "robert", "bob") == [0, 1], "a circle")
    #expect(try Tool.run("users", store, "everyone").lines == ["ada", "robert"])
    let bad = try Tool.run(
      "import", store, "-", "--max-rejects", "0",
      input: #"{"type":"alias","previous_id":"x","user_id":"x"}"# + "\n")
    #expect(bad.code == 65)
    #expect(bad.errors.contains("the same as the user id"))
  }

  @Test func anExportGivesTheSameAnswers() throws {
    let folder = try Folder()
    _ = try Tool.run("import", folder / "a", "-", input: Self.lines)
    let file = folder / "all.ndjson"
    #expect(try Tool.run("export", folder / "a", "everyone", "--to", file).code == 0)
    let again = try Tool.run("import", folder / "b", file, "--format", "json")
    #expect(again.code == 0, "\(again.errors)")
    #expect(try again.json["users"] as? Int == 3)
    for expression in [
      "everyone", "did Visit", "Visit then \"Sign Up\" within 7 days",
      #"did Visit[anonymous_id = "anon"]"#,
    ] {
      let users = try Tool.run("users", folder / "a", expression).lines.sorted()
      #expect(try Tool.run("users", folder / "b", expression).lines.sorted() == users)
      #expect(!users.isEmpty)
    }
  }
}
