import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Input that is not what it should be: named, and nothing half done.
@Suite struct BadInputTests {
  @Test func aMissingFileMakesNoStore() throws {
    let folder = try Folder()
    let run = try Tool.run("import", folder / "s", folder / "missing.ndjson")
    #expect(run.code == 66)
    #expect(run.errors.contains("missing.ndjson"))
    #expect(!FileManager.default.fileExists(atPath: folder / "s"))
  }

  @Test func aDirectoryIsNoFile() throws {
    let folder = try Folder()
    let run = try Tool.run("import", folder / "s", folder.path)
    #expect(run.code == 66)
    #expect(run.errors.contains("directory"))
  }

  @Test func standardInputCanBeNamedOnce() throws {
    let folder = try Folder()
    #expect(try Tool.run("import", folder / "s", "-", "-").code == 64)
  }

  @Test func aBadArgumentMakesNoStore() throws {
    let folder = try Folder()
    let file = try folder.file("e.ndjson", Lines.three)
    let zone = try Tool.run("import", folder / "s", file, "--timezone", "Mars/Olympus")
    #expect(zone.code == 64)
    let rejects = try Tool.run("import", folder / "s", file, "--rejects", file)
    #expect(rejects.code == 64)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == Lines.three)
    #expect(!FileManager.default.fileExists(atPath: folder / "s"))
  }

  @Test func anEmptyFileIsSaid() throws {
    let folder = try Folder()
    let run = try Tool.run("import", folder / "s", try folder.file("e.ndjson", ""))
    #expect(run.code == 0)
    #expect(run.errors.contains("empty"))
  }

  @Test func binaryJunkIsRefused() throws {
    let folder = try Folder()
    var random = SystemRandomNumberGenerator()
    let junk = Data((0..<10_000).map { _ in UInt8.random(in: 0...255, using: &random) })
    let run = try Tool.run("import", folder / "s", try folder.file("junk.bin", junk))
    #expect(run.code == 65, "\(run.errors)")
    #expect(run.errors.contains("junk.bin"))
  }

  @Test func aCutFileKeepsWhatCameBefore() throws {
    let folder = try Folder()
    let whole = try Data(contentsOf: URL(fileURLWithPath: Shop.events))
    let cut = try folder.file("cut.ndjson.gz", whole.prefix(whole.count * 3 / 4))
    let run = try Tool.run("import", folder / "s", cut)
    #expect(run.code == 65)
    #expect(run.errors.contains("cut.ndjson.gz"))
    #expect(run.errors.contains("durable: "))
    let stats = try Tool.run("stats", folder / "s", "--format", "json")
    #expect(stats.code == 0)
    let events = try stats.json["events"] as? Int ?? 0
    #expect(run.errors.contains("durable: \(events) events"))
  }

  @Test func aVeryLongLineIsARejectOrAnEvent() throws {
    let folder = try Folder()
    let long = String(repeating: "x", count: 10_000_000)
    let input = Lines.three + Lines.event("u3", "A", "2026-01-04T00:00:00Z", #","p":"\#(long)""#)
    let run = try Tool.run(
      ["import", folder / "s", "-", "--format", "json"], input: Data(input.utf8))
    #expect(run.code == 0, "\(run.errors)")
    // A text value may have 1 MiB.
    #expect(try run.json["rejected"] as? Int == 1)
    #expect(try run.json["imported"] as? Int == 3)
  }

  @Test func absurdTimestampsAreRejectsOrStayUsable() throws {
    let folder = try Folder()
    let times = [
      "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "2026-02-30T00:00:00Z",
      "10000-01-01T00:00:00Z", "-1", "99999999999999999999",
    ]
    let input = times.map { Lines.event("u1", "A", $0) }.joined()
    let run = try Tool.run("import", folder / "s", "-", "--format", "json", input: input)
    #expect(run.code == 0, "\(run.errors)")
    let rejected = try run.json["rejected"] as? Int ?? 0
    #expect(rejected >= 3)
    #expect(try run.json["imported"] as? Int == times.count - rejected)
    let stats = try Tool.run("stats", folder / "s", "--format", "json")
    #expect(try stats.json["earliest"] as? String == "0001-01-01T00:00:00.000Z")
    let count = try Tool.run(
      "count", folder / "s", "days(any) >= 1 and last(any) before 9999-12-31", "--format", "json")
    #expect(count.code == 0, "\(count.errors)")
  }

  @Test func aStorePathThatIsAFileIsRefused() throws {
    let folder = try Folder()
    let file = try folder.file("s", "I am a file")
    let run = try Tool.run("import", file, "-", input: Lines.three)
    #expect(run.code == 66)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "I am a file")
  }

  @Test func aFolderOfOtherThingsIsNoStore() throws {
    let folder = try Folder()
    _ = try folder.file("letter.txt", "Dear...")
    let run = try Tool.run("import", folder.path, "-", input: Lines.three)
    #expect(run.code == 66)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["letter.txt"])
  }

  @Test(.enabled(if: geteuid() != 0, "permissions do not bind the superuser"))
  func aReadOnlyFolderIsRefused() throws {
    let folder = try Folder()
    let closed = folder / "closed"
    try FileManager.default.createDirectory(
      atPath: closed, withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o555])
    let run = try Tool.run("import", closed + "/s", "-", input: Lines.three)
    #expect(run.code == 74)
    #expect(run.errors.contains("permission denied"))
  }

  @Test func aFullDeviceIsAnError() throws {
    let full = "/dev/full"
    guard FileManager.default.fileExists(atPath: full) else { return }
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "'\(Tool.path)' count '\(try Shop.store.get())' everyone > \(full)"]
    shell.standardError = FileHandle.nullDevice
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 74)
  }

  @Test func aClosedPipeIsQuiet() throws {
    let folder = try Folder()
    let errors = folder / "err"
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = [
      "-c", "'\(Tool.path)' users '\(try Shop.store.get())' everyone 2>'\(errors)' | true",
    ]
    try shell.run()
    shell.waitUntilExit()
    let text = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(!text.contains("error"), "\(text)")
  }
}
