import Foundation
import Testing

@Suite struct SegmentsTests {
  @Test func savedSegmentsLiveAndDie() throws {
    let folder = try Folder()
    let store = folder / "s"
    _ = try Tool.run("import", store, "-", input: Lines.three)
    #expect(try Tool.run("segments", store, "save", "a b", "did  A").code == 0)
    #expect(try Tool.run("segments", store, "save", "c", #"in "a b" and did B"#).code == 0)
    let count = try Tool.run("count", store, "in c", "--format", "json")
    #expect(try count.json["count"] as? Int == 1)
    #expect(try count.json["expression"] as? String == "in c")
    #expect(try Tool.run("segments", store, "show", "a b").output == "did A\n")
    let list = try Tool.run("segments", store, "list", "--format", "csv")
    #expect(list.output == "name,expression\r\na b,did A\r\nc,\"in \"\"a b\"\" and did B\"\r\n")
    let used = try Tool.run("segments", store, "delete", "a b")
    #expect(used.code == 64)
    #expect(used.errors.contains("\"c\""))
    #expect(try Tool.run("segments", store, "delete", "c").code == 0)
    #expect(try Tool.run("segments", store, "delete", "a b").code == 0)
    let json = try Tool.run("segments", store, "list", "--format", "json")
    #expect(json.output == "[]\n")
  }

  @Test func aSegmentCannotReferToItself() throws {
    let folder = try Folder()
    let store = folder / "s"
    _ = try Tool.run("import", store, "-", input: Lines.three)
    _ = try Tool.run("segments", store, "save", "a", "did A")
    _ = try Tool.run("segments", store, "save", "b", "in a or did B")
    let run = try Tool.run("segments", store, "save", "a", "not in b")
    #expect(run.code == 64)
    #expect(run.errors.contains("itself"))
    #expect(try Tool.run("segments", store, "show", "a").output == "did A\n")
  }

  @Test func errorsNameWhatIsWrong() throws {
    let folder = try Folder()
    let store = folder / "s"
    _ = try Tool.run("import", store, "-", input: Lines.three)
    let bad = try Tool.run("segments", store, "save", "x", "did A in lst 3 days")
    #expect(bad.code == 64)
    #expect(bad.errors.contains("^^^"))
    #expect(try Tool.run("segments", store, "show", "x").code == 64)
    #expect(try Tool.run("segments", store, "delete", "x").code == 64)
    #expect(try Tool.run("segments", store, "save", "x").code == 64)
    #expect(try Tool.run("segments", store, "list", "x").code == 64)
    #expect(try Tool.run("segments", store, "rename", "x").code == 64)
    #expect(try Tool.run("count", store, "in x").errors.contains("no saved segment"))
    #expect(try Tool.run("segments", folder / "none", "save", "x", "did A").code == 66)
    #expect(!FileManager.default.fileExists(atPath: folder / "none"))
  }
}
