/// What an import did to a store.
public struct ImportSummary: Hashable, Sendable {
  /// Events taken.
  public var imported = 0
  /// Trait updates taken.
  public var traitUpdates = 0
  /// Events dropped because their insert id was there already.
  public var duplicates = 0
  /// Lines that gave no row.
  public var rejected = 0
  /// Users in the store, those of earlier imports included.
  public var users = 0
  /// Bytes read, as they lie on disk.
  public var byteCount = 0
  /// Time from the first byte to the last commit.
  public var duration: Duration = .zero
  /// What was assumed or deserves a word, one sentence each.
  public var remarks: [String] = []
  /// Whether the import ended early because it was asked to; all that is counted here is durable.
  public var wasStopped = false

  public init() {}
}
