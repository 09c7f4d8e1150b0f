/// The formats that an import reads.
public enum ImportFormat: String, Hashable, Sendable, CaseIterable {
  /// Told from the file's first bytes, then its name.
  case auto
  /// One JSON object a line.
  case ndjson
  /// Comma-separated values with a header (RFC 4180); also tabs and semicolons.
  case csv
}
