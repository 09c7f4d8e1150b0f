import MartletQuery

/// One node of a plan, as `explain` shows it; a plan's lines stand root first.
public struct PlanLine: Sendable {
  /// Distance from the root.
  public let depth: Int
  /// What the node does: `and`, `did`, `sequence`...
  public let name: String
  /// The expression that it answers.
  public let text: String
  /// Whether it reads rows; all others combine bitmaps.
  public let isScan: Bool
  /// Rows that it reads at most.
  public let rowCount: Int
  /// Users found, among those that the node was asked about; nil without `analyze`.
  public let matchedCount: Int?
  /// Undecided users; nil without `analyze`.
  public let pendingCount: Int?
  /// How many ids would match if each were a user of its own; nil without `analyze`, and where no
  /// user of several ids changes anything.
  public let matchedCountByID: Int?
  /// Time spent in the node and its children; nil without `analyze`.
  public let duration: Duration?
  /// With `analyze`: the answer was known before the node's turn came.
  public let wasSkipped: Bool

  init(_ node: ExplainedNode) {
    (depth, name, text) = (node.depth, node.name, node.text)
    (isScan, rowCount) = (node.isScan, node.rowCount)
    (matchedCount, pendingCount) = (node.matchedCount, node.pendingCount)
    matchedCountByID = node.matchedCountByID == node.matchedCount ? nil : node.matchedCountByID
    (duration, wasSkipped) = (node.duration, node.wasSkipped)
  }
}
