/// What became of the rows, links and ids that a store was given.
public struct HistoryTally: Hashable, Sendable {
  public var taken = 0
  public var duplicates = 0
  public var identified = 0
  public var ignoredLinks = 0
  /// Rows of forgotten users.
  public var forgottenRows = 0
  /// Events older than what is kept.
  public var expiredRows = 0
  /// Ids to forget that nobody had, and ids to admit that were not forgotten.
  public var unknownIDs = 0

  public init() {}
}
