import Foundation
import Testing

@Suite struct VerifyTests {
  /// A store of its own, of three events, for the test to damage.
  private func store(in folder: Folder) throws -> String {
    let path = folder / "s"
    let run = try Tool.run("import", path, "-", input: Lines.three)
    guard run.code == 0 else { throw Tool.Problem(run.errors) }
    return path
  }

  /// Changes a byte of the store's first segment file; returns the file's name.
  @discardableResult
  private func damage(_ store: String, atByte place: Int) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: store).sorted()
    guard let name = names.first(where: { $0.hasPrefix("segment-") }) else {
      throw Tool.Problem("no segment file in \(names)")
    }
    let url = URL(fileURLWithPath: store + "/" + name)
    var bytes = try Data(contentsOf: url)
    bytes[place] ^= 1
    try FileManager.default.removeItem(at: url)
    try bytes.write(to: url)
    return name
  }

  @Test func aSoundStoreIsClean() throws {
    let run = try Tool.run("verify", try Shop.store.get(), "--format", "json")
    #expect(run.code == 0, "\(run.output) \(run.errors)")
    let json = try run.json
    #expect(json["clean"] as? Bool == true)
    #expect(json["problem_count"] as? Int == 0)
    #expect(json["rows"] as? Int == 31_106 + 1410)
    #expect(json["user_ids"] as? Int == 600)
    #expect((json["remarks"] as? [String]) == [])
    let table = try Tool.run("verify", try Shop.store.get())
    #expect(table.code == 0)
    #expect(table.lines.last?.hasSuffix(": nothing is wrong") == true, "\(table.output)")
  }

  @Test func damageIsFoundAndRepaired() throws {
    let folder = try Folder()
    let store = try store(in: folder)
    // The first block of the file, of the run of event type A.
    let name = try damage(store, atByte: 18)
    let found = try Tool.run("verify", store, "--format", "json")
    #expect(found.code == 65)
    let problems = try found.json["problems"] as? [[String: Any]] ?? []
    #expect(problems.first?["file"] as? String == name)
    #expect(problems.first?["byte"] as? Int == 16)
    #expect((problems.first?["place"] as? String)?.hasPrefix("run A") == true, "\(problems)")

    let asked = try Tool.run("verify", store, "--repair")
    #expect(asked.code == 64, "nobody can be asked")
    #expect(try Tool.run("verify", store, "--force").code == 64)

    let repair = try Tool.run("verify", store, "--repair", "--force", "--format", "json")
    #expect(repair.code == 0, "\(repair.output) \(repair.errors)")
    let json = try repair.json
    #expect(json["clean"] as? Bool == false)
    #expect(json["repaired"] as? Bool == true)
    #expect(json["set_aside"] as? String == "damaged-1")
    let losses = json["losses"] as? [[String: Any]] ?? []
    #expect(losses.count == 1)
    #expect(losses.first?["kind"] as? String == "run")
    #expect(losses.first?["event"] as? String == "A")
    #expect(losses.first?["rows"] as? Int == 2)
    #expect(losses.first?["earliest"] as? String == "2026-01-01T00:00:00.000Z")

    let after = try Tool.run("verify", store)
    #expect(after.code == 0, "\(after.output)")
    #expect(after.output.contains("damaged-1"))
    #expect(try Tool.run("count", store, "did B", "--format", "json").json["count"] as? Int == 1)
    let gone = try Tool.run("count", store, "did A", "--allow-unknown", "--format", "json")
    #expect(try gone.json["count"] as? Int == 0)
  }

  @Test func whatIsNoStoreIsNoInput() throws {
    let folder = try Folder()
    #expect(try Tool.run("verify", folder / "none").code == 66)
    #expect(try Tool.run("backup", folder / "none", folder / "copy").code == 66)
    #expect(try Tool.run("verify", try Shop.store.get(), "--format", "csv").code == 64)
  }

  @Test func aBackupIsTheStore() throws {
    let folder = try Folder()
    let store = try store(in: folder)
    let run = try Tool.run("backup", store, folder / "copy", "--format", "json")
    #expect(run.code == 0, "\(run.errors)")
    #expect((try run.json["files"] as? Int ?? 0) >= 2)
    #expect((try run.json["bytes"] as? Int ?? 0) > 100)
    let count = try Tool.run("users", folder / "copy", "did A")
    #expect(count.lines == ["u1", "u2"])
    #expect(try Tool.run("verify", folder / "copy").code == 0)
    let again = try Tool.run("backup", store, folder / "copy")
    #expect(again.code == 64, "\(again.errors)")
  }
}
