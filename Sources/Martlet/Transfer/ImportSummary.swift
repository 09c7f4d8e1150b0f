/// What an import did to a store.
public struct ImportSummary: Hashable, Sendable {
  /// Events taken.
  public var imported = 0
  /// Trait updates taken.
  public var traitUpdates = 0
  /// Events dropped because their insert id was there already.
  public var duplicates = 0
  /// Lines that gave no row, and rows that the store refused.
  public var rejected = 0
  /// Of those, rows of users who were forgotten.
  public var refusedForgotten = 0
  /// Of those, events older than what the store keeps.
  public var refusedExpired = 0
  /// Ids that became another's user.
  public var identified = 0
  /// Links between ids that changed nothing: known before, of an id that has a user already, or of
  /// a forgotten user.
  public var ignoredLinks = 0
  /// Users in the store, those of earlier imports included; each once, however many ids.
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
