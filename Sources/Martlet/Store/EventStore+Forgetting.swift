import MartletEngine
public import MartletModel

/// What an expiry did.
public struct ExpirySummary: Hashable, Sendable {
  /// Events that were dropped.
  public internal(set) var events = 0
  /// Segment files that were rewritten, or went altogether.
  public internal(set) var segmentFiles = 0
}

extension EventStore {
  /// Makes users invisible, all their ids with them, and refuses those ids until they are admitted
  /// again. Commits what was appended.
  ///
  /// Durable when it returns, and seen by every snapshot that is taken from then on. Ids, rows and
  /// traits stay on the disk until `compact` erases them.
  /// - Returns: the ids that no user has.
  /// - Throws: `.limit` past `Limits.forgottenIDs`, `.io`, `.poisoned`; nobody is forgotten then.
  /// - Complexity: O(ids), and O(rows) of the log.
  public func forget(_ ids: [Text]) throws(MartletError) -> [Text] {
    try flush()
    return try engine.forget(ids)
  }

  /// Takes ids again that were forgotten. Who comes with one is a new user: what was forgotten does
  /// not come back.
  /// - Returns: the ids that were not forgotten.
  /// - Throws: `.io`, `.poisoned`; all stay forgotten then.
  /// - Complexity: O(ids), and O(forgotten ids) for the manifest.
  public func admit(_ ids: [Text]) throws(MartletError) -> [Text] { try engine.admit(ids) }

  /// Drops the events before an instant, for good, and refuses such events from now on; traits
  /// stay. Commits what was appended. An instant that is not later than an earlier one changes
  /// nothing.
  ///
  /// Durable when it returns. Snapshots that were taken before keep what they show, and appends and
  /// commits wait meanwhile.
  /// - Throws: `.io`, `.corrupt`, `.limit`, `.poisoned`; nothing has expired then.
  /// - Complexity: O(rows).
  public func expire(before instant: Timestamp) throws(MartletError) -> ExpirySummary {
    try flush()
    let done = try engine.expire(before: instant)
    return ExpirySummary(events: done.eventCount, segmentFiles: done.fileCount)
  }
}

extension Snapshot {
  /// Events before it were dropped, and are refused; nil where nothing has expired.
  public var expiredBefore: Timestamp? {
    engine.manifest.expiredBefore.map(Timestamp.init(milliseconds:))
  }
}
