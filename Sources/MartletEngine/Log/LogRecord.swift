package import MartletSegmentFile

/// What one commit adds to a store.
package struct LogRecord: Sendable {
  /// How many users the store had before; the ordinal of the first new one.
  package var firstNewUser: UInt32
  /// The ids of the users from `firstNewUser` on, one after the other, and where each ends.
  package var newUserIDs: (arena: [UInt8], ends: [Int])
  /// Which users became others.
  package var edges: [IdentityEdge]
  /// Rows, in order of arrival.
  package var batches: [LogBatch]
  /// Rows dropped because their insert id was known.
  package var duplicateCount: UInt64

  /// A record that adds nothing to a store of so many users.
  package init(firstNewUser: UInt32) {
    self.firstNewUser = firstNewUser
    (newUserIDs, edges, batches, duplicateCount) = (([], []), [], [], 0)
  }
}
