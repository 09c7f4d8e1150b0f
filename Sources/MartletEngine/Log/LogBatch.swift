package import MartletModel

/// Rows of one batch, with the ordinals they belong to.
package struct LogBatch: Sendable {
  /// The rows. The slices of its `users` are no part of the log: read back, they are empty.
  package var batch: EventBatch
  /// Stands in `users` for a row that is no part of the commit.
  package static let leftOut = UInt32.max

  /// The ordinal each row lies under; `leftOut` where the row is dropped, as a duplicate is:
  /// it is not written.
  package var users: [UInt32]
  /// The ordinal of each row's user id as it was sent; nearly always that of `users`.
  package var sentUsers: [UInt32]

  /// - Precondition: an ordinal of each kind for every row.
  package init(batch: EventBatch, users: [UInt32], sentUsers: [UInt32]) {
    precondition(users.count == batch.count && sentUsers.count == batch.count)
    (self.batch, self.users, self.sentUsers) = (batch, users, sentUsers)
  }
}
