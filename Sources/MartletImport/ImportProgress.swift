/// How far an import has come.
public struct ImportProgress: Hashable, Sendable {
  /// The file being read, as the caller named it.
  public var file = ""
  /// Bytes read of this file as it lies on disk, compressed or not.
  public var bytesRead = 0
  /// The file's length, where it is known (not of a pipe).
  public var byteCount: Int?
  /// Rows and rejects delivered so far, of all files, this batch included.
  public var rows = 0
  public var rejects = 0

  public init() {}
}
