package import MartletEngine
package import MartletLanguage
package import MartletModel
package import RoaringBitmap

/// A segment expression asked of a snapshot at an instant.
package struct Question: Sendable {
  package let plan: PlanNode
  private let context: QueryContext

  /// Finds the names of an expression in a snapshot.
  /// - Throws: `BindError` for an unknown name; `MartletError` where the store cannot be read.
  package init(
    _ expression: SegmentExpression, of snapshot: Snapshot, asOf: Timestamp,
    zone: TimeZoneRules, allowsUnknownEventTypes: Bool
  ) throws {
    let clock = QuestionClock(asOf: asOf.milliseconds, zone: zone)
    context = try QueryContext(snapshot: snapshot, clock: clock)
    var binder = Binder(
      snapshot: snapshot, clock: clock, allowsUnknownEventTypes: allowsUnknownEventTypes)
    plan = try binder.bind(expression)
  }

  /// The users with an event or a trait before the question's instant.
  package var universe: RoaringBitmap { context.universe }

  /// Who matches, and who may yet.
  package func answer() throws(MartletError) -> (matched: RoaringBitmap, pending: RoaringBitmap) {
    let truth = try plan.evaluate(context, candidates: nil, nil)
    return (truth.matched, truth.pending)
  }

  /// The plan as lines, root first; with `analyze` the question is answered and measured.
  package func explain(analyze: Bool) throws(MartletError) -> [ExplainedNode] {
    let record = analyze ? PlanRecord() : nil
    if let record { _ = try plan.evaluate(context, candidates: nil, record) }
    var lines: [ExplainedNode] = []
    explain(plan, depth: 0, record, into: &lines)
    return lines
  }

  private func explain(
    _ node: PlanNode, depth: Int, _ record: PlanRecord?, into lines: inout [ExplainedNode]
  ) {
    let entry = record?.entry(of: node)
    lines.append(
      ExplainedNode(
        depth: depth, name: node.name, text: node.text, isScan: node.scansItself,
        rowCount: node.scansItself ? node.rowCount : 0, matchedCount: entry?.matchedCount,
        pendingCount: entry?.pendingCount, duration: entry?.duration,
        wasSkipped: record != nil && entry == nil))
    for child in node.children { explain(child, depth: depth + 1, record, into: &lines) }
  }
}

/// One node of a plan, for people.
package struct ExplainedNode: Sendable {
  /// Distance from the root.
  package let depth: Int
  /// `and`, `did`, `sequence`...
  package let name: String
  package let text: String
  /// Whether the node reads rows, rather than combine bitmaps.
  package let isScan: Bool
  /// Rows that the node itself reads at most.
  package let rowCount: Int
  /// Users that matched, among those that the node was asked about; nil without `analyze`.
  package let matchedCount: Int?
  package let pendingCount: Int?
  /// Time spent in the node and its children.
  package let duration: Duration?
  /// Whether the answer was known before the node's turn came.
  package let wasSkipped: Bool
}

extension PlanNode {
  fileprivate var scansItself: Bool {
    if case .leaf(let leaf) = kind { leaf.method == .scan } else { false }
  }

  fileprivate var name: String {
    switch kind {
    case .everyone: "everyone"
    case .nobody: "nobody"
    case .not: "not"
    case .and: "and"
    case .or: "or"
    case .saved: "saved"
    case .leaf(let leaf): leaf.name
    }
  }
}
