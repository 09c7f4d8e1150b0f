public import MartletModel

/// The system's time zones: `$TZDIR`, or `/usr/share/zoneinfo`.
public enum TimeZoneDatabase {
  /// The rules of the zone with that IANA name; `UTC`, `Etc/UTC` and `Z` need no database.
  /// - Throws: `.usage` for a name that is none, with the nearest one that is; `.noInput` where
  ///   there is no database; never UTC in silence.
  public static func rules(named name: String) throws(MartletError) -> TimeZoneRules {
    try rules(named: name, in: POSIXEnvironment.value(of: "TZDIR") ?? standardDirectory)
  }

  static let standardDirectory = "/usr/share/zoneinfo"
  private static let namesOfUTC: Set<String> = ["UTC", "Z", "Etc/UTC"]

  static func rules(
    named name: String, in directory: String
  ) throws(MartletError) -> TimeZoneRules {
    if namesOfUTC.contains(name) { return .utc }
    let files = POSIXFileSystem()
    guard files.isDirectory(directory) else {
      throw MartletError(
        .noInput, file: directory, "there is no time zone database, so \(quoted(name)) is unknown",
        remedy: "install the package tzdata, or set TZDIR to a directory of TZif files")
    }
    let path = Paths.join(directory, name)
    guard isWellFormed(name), files.exists(path), !files.isDirectory(path) else {
      throw unknown(name, in: directory)
    }
    let bytes = try files.read(path)
    guard bytes.starts(with: "TZif".utf8) else { throw unknown(name, in: directory) }
    do {
      return try TimeZoneRules(name: name, tzif: bytes)
    } catch {
      var named = error
      named.file = path
      throw named
    }
  }

  /// Whether the name stays within the database: parts of letters, digits, `_`, `-` and `+`.
  private static func isWellFormed(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 255
      && name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        .allSatisfy { part in
          !part.isEmpty
            && part.allSatisfy { byte in
              switch byte {
              case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x5F: true
              default: false
              }
            }
        }
  }

  private static func unknown(_ name: String, in directory: String) -> MartletError {
    let nearest = TimeZoneNames.nearest(to: name, in: directory)
    return MartletError(
      .usage, "there is no time zone \(quoted(name))",
      remedy: nearest.map { "did you mean \($0)?" }
        ?? "use an IANA name such as Europe/Berlin, or UTC")
  }

  private static func quoted(_ name: String) -> String { "\"\(name.prefix(255))\"" }
}
