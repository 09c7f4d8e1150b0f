/// What a backup holds.
public struct BackupSummary: Hashable, Sendable {
  /// The commit that the files hold; later ones have a greater number. Commits in the log have
  /// none of their own.
  public var generation: UInt64 = 0
  /// Files, the manifest and the log included.
  public var fileCount = 0
  /// Their bytes.
  public var byteCount = 0

  public init() {}
}
