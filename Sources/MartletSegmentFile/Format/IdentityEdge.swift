/// Says that what one ordinal did is another user's: the ordinal of an anonymous id leads to that
/// of the known user.
package struct IdentityEdge: Hashable, Sendable {
  /// The ordinal as stored, which no longer stands for a user of its own.
  package var user: UInt32
  /// The ordinal that it leads to.
  package var target: UInt32

  package init(user: UInt32, target: UInt32) {
    (self.user, self.target) = (user, target)
  }
}
