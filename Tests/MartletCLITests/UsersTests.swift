import Foundation
import Testing

@Suite struct UsersTests {
  @Test func oneIdALineInOrderOfFirstSight() throws {
    let folder = try Folder()
    let input =
      Lines.event("zoe", "A", "2026-01-03T00:00:00Z")
      + Lines.event("amy", "A", "2026-01-01T00:00:00Z")
      + Lines.event("bob", "B", "2026-01-02T00:00:00Z")
    _ = try Tool.run("import", folder / "s", "-", input: input)
    let run = try Tool.run("users", folder / "s", "did A")
    #expect(run.code == 0)
    #expect(run.output == "zoe\namy\n")
    #expect(run.errors.contains("2 of 3 users"))
    #expect(run.errors.contains("(UTC)"))
  }

  @Test func theLimitCutsTheListNotTheCount() throws {
    let run = try Tool.run(
      ["users", try Shop.store.get(), "did purchase", "--limit", "2", "--format", "json"]
        + Shop.asOf)
    let answer = try run.json
    #expect(answer["count"] as? Int == 328)
    #expect((answer["users"] as? [String])?.count == 2)
    #expect(answer["expression"] as? String == "did purchase")
    let none = try Tool.run("users", try Shop.store.get(), "everyone", "--limit", "0")
    #expect(none.code == 0)
    #expect(none.output == "")
    #expect(try Tool.run("users", try Shop.store.get(), "everyone", "--limit=-1").code == 64)
  }

  @Test func oddIdsAreQuotedWhereTheFormCan() throws {
    let folder = try Folder()
    _ = try Tool.run(
      "import", folder / "s", "-", input: Lines.event(#"a\n,\"b"#, "A", "2026-01-03T00:00:00Z"))
    let csv = try Tool.run("users", folder / "s", "everyone", "--format", "csv")
    #expect(csv.output == "user_id\r\n\"a\n,\"\"b\"\r\n")
    let json = try Tool.run("users", folder / "s", "everyone", "--format", "json")
    #expect(try json.json["users"] as? [String] == ["a\n,\"b"])
  }
}
