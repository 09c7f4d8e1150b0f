import MartletModel
import RoaringBitmap
import Synchronization

/// A node of a plan: what `explain` shows and `evaluate` runs.
package final class PlanNode: Sendable {
  enum Kind: Sendable {
    /// Every user of the universe.
    case everyone
    /// No user.
    case nobody
    case leaf(any Leaf)
    case not
    case and
    case or
    /// The members of a saved segment: its one child.
    case saved(Text)
  }

  let kind: Kind
  let children: [PlanNode]
  /// The expression that the node answers, in canonical text.
  package let text: String

  init(_ kind: Kind, _ text: String, _ children: [PlanNode] = []) {
    (self.kind, self.text, self.children) = (kind, text, children)
  }

  /// Whether the node or a child reads rows.
  var scans: Bool {
    if case .leaf(let leaf) = kind { return leaf.method == .scan }
    return children.contains(where: \.scans)
  }

  /// Rows that the node and its children read at most.
  var rowCount: Int {
    if case .leaf(let leaf) = kind { return leaf.rowCount }
    return children.reduce(0) { $0 + $1.rowCount }
  }

  /// Who matches, at least among `candidates` (nil: everyone).
  func evaluate(
    _ context: QueryContext, candidates: RoaringBitmap?, _ record: PlanRecord?
  ) throws(MartletError) -> Truth {
    let started = record?.start()
    let truth = try result(context, candidates: candidates, record)
    if let started { record?.finish(self, truth, started) }
    return truth
  }

  private func result(
    _ context: QueryContext, candidates: RoaringBitmap?, _ record: PlanRecord?
  ) throws(MartletError) -> Truth {
    switch kind {
    case .everyone: return Truth(context.universe)
    case .nobody: return .nobody
    case .leaf(let leaf): return try leaf.evaluate(context, candidates: candidates)
    case .saved: return try children[0].evaluate(context, candidates: candidates, record)
    case .not:
      return try children[0].evaluate(context, candidates: candidates, record)
        .negated(in: context.universe)
    case .or:
      var truths: [Truth] = []
      for child in children {
        truths.append(try child.evaluate(context, candidates: candidates, record))
      }
      return .union(of: truths)
    case .and: return try conjunction(context, candidates: candidates, record)
    }
  }

  /// Children that cost least go first, and narrow the users that the others look at.
  private func conjunction(
    _ context: QueryContext, candidates: RoaringBitmap?, _ record: PlanRecord?
  ) throws(MartletError) -> Truth {
    var narrowed = candidates
    var truth: Truth?
    for child in children.sorted(by: { $0.rowCount < $1.rowCount }) {
      let next = try child.evaluate(context, candidates: narrowed, record)
      let both = truth.map { $0.intersection(next) } ?? next
      if both.possible.isEmpty { return .nobody }
      truth = both
      narrowed = both.possible
    }
    guard let truth else { preconditionFailure("a conjunction has operands") }
    return truth
  }
}

/// What a run of a plan measured, node by node.
final class PlanRecord: Sendable {
  struct Entry: Sendable {
    var matchedCount: Int
    var pendingCount: Int
    /// Who matches in the rows of the plan, whoever's answer is taken from it.
    var matchedCountByID: Int
    var duration: Duration
  }

  /// The users whose answer is taken from the plan; nil: all.
  private let users: RoaringBitmap?
  private let entries = Mutex<[ObjectIdentifier: Entry]>([:])

  init(users: RoaringBitmap?) { self.users = users }

  func start() -> ContinuousClock.Instant { .now }

  func finish(_ node: PlanNode, _ truth: Truth, _ started: ContinuousClock.Instant) {
    let duration = started.duration(to: .now)
    let entry = Entry(
      matchedCount: users.map { $0.intersectionCount(with: truth.matched) } ?? truth.matched.count,
      pendingCount: users.map { $0.intersectionCount(with: truth.pending) } ?? truth.pending.count,
      matchedCountByID: truth.matched.count, duration: duration)
    entries.withLock { $0[ObjectIdentifier(node)] = entry }
  }

  func entry(of node: PlanNode) -> Entry? { entries.withLock { $0[ObjectIdentifier(node)] } }
}
