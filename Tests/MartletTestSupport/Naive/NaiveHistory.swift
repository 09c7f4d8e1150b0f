/// A store through a history: what is committed, and what was only appended.
public struct NaiveHistory: Sendable {
  public private(set) var committed = NaiveStore()
  /// What will hold once it is committed.
  public private(set) var pending = NaiveStore()

  public init() {}

  public init(_ steps: some Sequence<HistoryStep>) {
    for step in steps { take(step) }
  }

  public mutating func take(_ step: HistoryStep) {
    switch step {
    case .row(let row): pending.append(row)
    case .link(let kind, let from, let to): pending.link(kind, from: from, to: to)
    case .forget(let ids):
      pending.forget(ids)
      committed = pending
    case .admit(let ids):
      // Rows that wait for their commit do not come with it.
      pending.admit(ids)
      committed.admit(ids)
    case .expire(let instant):
      pending.expire(before: instant)
      committed = pending
    case .commit, .flush, .compact: committed = pending
    case .compactOnce, .readElsewhere: break
    case .reopen:
      // What became of the rows that are lost was told all the same.
      let tally = pending.tally
      pending = committed
      pending.tally = tally
      committed.tally = tally
    }
  }
}
