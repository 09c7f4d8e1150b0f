/// A line that gave no row, or a row that a store did not take, and why.
public struct Reject: Hashable, Sendable {
  /// Bytes of a line that `raw` keeps.
  public static let rawByteCount = 65_536

  /// The file as the caller named it; `-` is standard input.
  public var file: String
  /// Counted from 1; of a CSV record, its first line. nil for a row that a store did not take.
  public var line: Int?
  /// The field at fault as a dotted path, where one is.
  public var field: String?
  public var reason: String
  /// The line without its end, at most `rawByteCount` bytes; the row as canonical NDJSON where
  /// its line is not known.
  public var raw: [UInt8]
  /// Whether the line is longer than `raw`.
  public var isTruncated: Bool

  /// Where the reject is, for people: `line 12, field timestamp`.
  public var place: String? {
    let parts = [line.map { "line \($0)" }, field.map { "field \($0)" }].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  public init(
    file: String, line: Int?, field: String?, reason: String, raw: [UInt8],
    isTruncated: Bool = false
  ) {
    (self.file, self.line, self.field, self.reason) = (file, line, field, reason)
    (self.raw, self.isTruncated) = (raw, isTruncated)
  }
}
