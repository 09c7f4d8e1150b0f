/// A line that gave no row, and why. It left no trace in any batch.
public struct Reject: Hashable, Sendable {
  /// Bytes of a line that `raw` keeps.
  public static let rawByteCount = 65_536

  /// The file as the caller named it; `-` is standard input.
  public var file: String
  /// Counted from 1; of a CSV record, its first line.
  public var line: Int
  /// The field at fault as a dotted path, where one is.
  public var field: String?
  public var reason: String
  /// The line without its end, at most `rawByteCount` bytes.
  public var raw: [UInt8]
  /// Whether the line is longer than `raw`.
  public var isTruncated: Bool

  public init(
    file: String, line: Int, field: String?, reason: String, raw: [UInt8],
    isTruncated: Bool = false
  ) {
    (self.file, self.line, self.field, self.reason) = (file, line, field, reason)
    (self.raw, self.isTruncated) = (raw, isTruncated)
  }
}
