import MartletEngine

/// What a writer found in the log when it opened the store.
public struct StoreRecovery: Hashable, Sendable {
  /// Commits that lay in the log, and their rows; all of them are there.
  public let commits: Int
  public let rows: Int
  /// Bytes of a commit that was under way when the process or the machine stopped. It was never
  /// acknowledged, and is dropped.
  public let droppedByteCount: Int
}

extension EventStore {
  /// What opening the store found in the log; nil for a reader.
  public var recovery: StoreRecovery? {
    engine.recovery.map {
      StoreRecovery(
        commits: $0.commitCount, rows: $0.rowCount, droppedByteCount: $0.tornByteCount)
    }
  }
}
