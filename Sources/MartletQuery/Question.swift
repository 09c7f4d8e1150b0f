package import MartletEngine
package import MartletLanguage
package import MartletModel
package import RoaringBitmap

/// A segment expression asked of a snapshot at an instant.
package struct Question: Sendable {
  /// A plan, the rows that it reads, and the users whose answer is taken from it.
  private struct Part: Sendable {
    let plan: PlanNode
    let context: QueryContext
    /// nil: all that match.
    let users: RoaringBitmap?

    func answer(_ record: PlanRecord?) throws(MartletError) -> Truth {
      let truth = try plan.evaluate(context, candidates: nil, record)
      return users.map { truth.restricted(to: $0) } ?? truth
    }
  }

  /// The universe of the question.
  package let universe: RoaringBitmap
  /// For the users whose rows all lie under one ordinal, which usually are all.
  private let main: Part
  /// For the others.
  private let overlay: Part?

  /// Finds the names of an expression in a snapshot.
  /// - Throws: `BindError` for an unknown name; `MartletError` where the store cannot be read.
  package init(
    _ expression: SegmentExpression, of snapshot: Snapshot, asOf: Timestamp,
    zone: TimeZoneRules, allowsUnknownEventTypes: Bool
  ) throws {
    let clock = QuestionClock(asOf: asOf.milliseconds, zone: zone)
    let universe = try snapshot.universe(before: asOf)
    func part(
      _ snapshot: Snapshot, _ users: RoaringBitmap?, allowsUnknown: Bool
    ) throws -> Part {
      var binder = Binder(
        snapshot: snapshot, clock: clock, allowsUnknownEventTypes: allowsUnknown)
      let context = QueryContext(snapshot: snapshot, clock: clock, universe: universe)
      return Part(plan: try binder.bind(expression), context: context, users: users)
    }
    self.universe = universe
    guard let overlay = try snapshot.identityOverlay() else {
      let hidesUsers = !snapshot.manifest.forgotten.ordinals.isEmpty
      main = try part(
        snapshot, hidesUsers ? universe : nil, allowsUnknown: allowsUnknownEventTypes)
      self.overlay = nil
      return
    }
    main = try part(
      snapshot, universe.subtracting(overlay.replaced), allowsUnknown: allowsUnknownEventTypes)
    // Names that only other users' events have are known, if not there.
    self.overlay = try part(
      overlay.snapshot, universe.intersection(overlay.users), allowsUnknown: true)
  }

  /// Who matches, and who may yet.
  package func answer() throws(MartletError) -> (matched: RoaringBitmap, pending: RoaringBitmap) {
    var truth = try main.answer(nil)
    if let overlay { truth = .union(of: [truth, try overlay.answer(nil)]) }
    return (truth.matched, truth.pending)
  }

  /// The plan as lines, root first; with `analyze` the question is answered and measured.
  package func explain(analyze: Bool) throws(MartletError) -> [ExplainedNode] {
    let record = analyze ? PlanRecord(users: main.users) : nil
    let extra = analyze ? overlay.map { PlanRecord(users: $0.users) } : nil
    if let record { _ = try main.answer(record) }
    if let extra { _ = try overlay?.answer(extra) }
    var lines: [ExplainedNode] = []
    explain(main.plan, overlay?.plan, depth: 0, record, extra, into: &lines)
    return lines
  }

  private func explain(
    _ node: PlanNode, _ twin: PlanNode?, depth: Int, _ record: PlanRecord?, _ extra: PlanRecord?,
    into lines: inout [ExplainedNode]
  ) {
    let entry = record?.entry(of: node)
    // Either plan may have been decided before this node's turn came.
    let entries = [entry, twin.flatMap { extra?.entry(of: $0) }].compactMap { $0 }
    func total<Sum>(_ sum: ([PlanRecord.Entry]) -> Sum) -> Sum? {
      entries.isEmpty ? nil : sum(entries)
    }
    lines.append(
      ExplainedNode(
        depth: depth, name: node.name, text: node.text, isScan: node.scansItself,
        rowCount: node.scansItself ? node.rowCount : 0,
        matchedCount: total { $0.reduce(0) { $0 + $1.matchedCount } },
        pendingCount: total { $0.reduce(0) { $0 + $1.pendingCount } },
        matchedCountByID: twin == nil ? nil : entry?.matchedCountByID,
        duration: total { $0.reduce(.zero) { $0 + $1.duration } },
        wasSkipped: record != nil && entries.isEmpty))
    for (index, child) in node.children.enumerated() {
      // Both plans are of one expression; where the overlay knows no such event type, its leaf has
      // no children, as the other's has none.
      let twinChild = twin.flatMap { index < $0.children.count ? $0.children[index] : nil }
      explain(child, twinChild, depth: depth + 1, record, extra, into: &lines)
    }
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
  /// How many ids would match if each were a user; nil where all rows of each user lie together.
  package let matchedCountByID: Int?
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
