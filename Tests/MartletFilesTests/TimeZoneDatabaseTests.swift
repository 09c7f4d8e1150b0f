import MartletModel
import Testing

@testable import MartletFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Time zone database")
struct TimeZoneDatabaseTests {
  static func error(_ name: String, in directory: String) -> MartletError? {
    do {
      _ = try TimeZoneDatabase.rules(named: name, in: directory)
      return nil
    } catch {
      return error
    }
  }

  /// A database of two zones, whose files only claim to be TZif, and things that are none.
  static func database() throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    let files = POSIXFileSystem()
    for folder in ["Australia", "Europe", "posix"] {
      try files.createDirectory(directory.file(folder))
    }
    for name in ["Australia/Melbourne", "Europe/Berlin", "posix/Berlin"] {
      try files.replaceAtomically(directory.file(name), with: Array("TZif".utf8))
    }
    try files.replaceAtomically(directory.file("zone.tab"), with: Array("AU\n".utf8))
    try files.replaceAtomically(directory.file("README"), with: Array("read me\n".utf8))
    return directory
  }

  @Test("UTC needs no database", arguments: ["UTC", "Z", "Etc/UTC"])
  func utc(name: String) throws {
    let rules = try TimeZoneDatabase.rules(named: name, in: "/no such directory")
    #expect(rules.offsetSeconds(at: .latest) == 0)
  }

  @Test("Without a database every other zone is an error")
  func noDatabase() {
    let error = Self.error("Europe/Berlin", in: "/no such directory")
    #expect(error?.code == .noInput)
    #expect(error?.file == "/no such directory")
    #expect(error?.reason == "there is no time zone database, so \"Europe/Berlin\" is unknown")
    #expect(error?.remedy?.contains("tzdata") == true)
  }

  @Test(
    "An unknown zone is an error with the nearest name",
    arguments: [
      ("Australia/Melborne", "Australia/Melbourne"), ("australia/melbourne", "Australia/Melbourne"),
      ("Melbourne", "Australia/Melbourne"), ("Europe/Melbourne", "Australia/Melbourne"),
      ("berlin", "Europe/Berlin"), ("Europe/Berlin ", "Europe/Berlin"),
      ("Europe", "IANA"), ("Mars/Base", "IANA"), ("README", "IANA"), ("", "IANA"),
      ("zone.tab", "IANA"),
    ])
  func unknown(name: String, suggestion: String) throws {
    let directory = try Self.database()
    let error = Self.error(name, in: directory.path)
    #expect(error?.code == .usage)
    #expect(error?.reason == "there is no time zone \"\(name)\"")
    let remedy =
      suggestion == "IANA"
      ? "use an IANA name such as Europe/Berlin, or UTC" : "did you mean \(suggestion)?"
    #expect(error?.remedy == remedy)
  }

  @Test(
    "A name stays within the database",
    arguments: [
      "../secret", "Europe/../../secret", "/etc/passwd", "Europe//Berlin", "Europe/./Berlin",
      "Europe/Berlin/", "Europe/Berlin\u{0}", ".", "..",
    ])
  func traversal(name: String) throws {
    let directory = try Self.database()
    try POSIXFileSystem().replaceAtomically(
      directory.file("secret"), with: Array("TZif".utf8))
    let error = Self.error(name, in: directory.file("Europe"))
    #expect(error?.code == .usage)
    #expect(error?.reason.hasPrefix("there is no time zone") == true)
  }

  @Test("A damaged file is corrupt, with its path")
  func damaged() throws {
    let directory = try Self.database()
    let error = Self.error("Europe/Berlin", in: directory.path)
    #expect(error?.code == .corrupt)
    #expect(error?.file == directory.file("Europe/Berlin"))
  }

  @Test(
    "Every zone of the system's database can be read",
    .enabled(if: POSIXFileSystem().isDirectory(TimeZoneDatabase.standardDirectory)))
  func system() throws {
    let names = TimeZoneNames.all(in: TimeZoneDatabase.standardDirectory)
    #expect(names.contains("Australia/Melbourne"))
    var zones = 0
    for name in names {
      let path = Paths.join(TimeZoneDatabase.standardDirectory, name)
      guard try POSIXFileSystem().read(path).starts(with: "TZif".utf8) else { continue }
      let rules = try TimeZoneDatabase.rules(named: name, in: TimeZoneDatabase.standardDirectory)
      #expect(abs(rules.offsetSeconds(at: Timestamp(milliseconds: 1_772_323_200_000))) <= 50_400)
      zones += 1
    }
    #expect(zones > 300)
    let melbourne = try TimeZoneDatabase.rules(named: "Australia/Melbourne")
    #expect(melbourne.offsetSeconds(at: Timestamp(milliseconds: 1_772_323_200_000)) == 39_600)
  }

  @Test("TZDIR names the database, where it is set to anything")
  func environment() async {
    await #expect(processExitsWith: .success) {
      let directory = try TimeZoneDatabaseTests.database()
      // Safe: the C library copies both strings, and no other thread looks at the environment.
      unsafe setenv("TZDIR", directory.path, 1)
      let error = #expect(throws: MartletError.self) {
        try TimeZoneDatabase.rules(named: "Europe/Berlin")
      }
      #expect(error?.code == .corrupt && error?.file == directory.file("Europe/Berlin"))
      unsafe setenv("TZDIR", "", 1)
      #expect(POSIXEnvironment.value(of: "TZDIR") == nil)
    }
  }
}
