import Martlet

enum Version {
  private static let formats = FormatVersions.all.map { "\($0.kind) \($0.version)" }

  /// The tool's version, and the versions of the files that it reads and writes.
  static let text = "martlet 0.1.0\nformats: " + formats.joined(separator: ", ")
}
