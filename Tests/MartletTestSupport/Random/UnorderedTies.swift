import MartletModel

/// Rows of two ids at one time, taken before the ids were one user's.
///
/// Once linked they are one user's rows, and arrival decides their order. A segment file keeps the
/// arrival of one ordinal's rows only: of such a pair in one file, the id that was seen first
/// comes first. Pairs that a link precedes, or that lie in different files, are in order.
public enum UnorderedTies {
  private struct Moment: Hashable {
    var group: Text
    var time: Timestamp
  }

  /// The steps with such rows a few milliseconds later.
  public static func removed(from steps: [HistoryStep]) -> [HistoryStep] {
    var steps = steps
    forEach(in: steps) { place, row in steps[place] = .row(row) }
    return steps
  }

  public static func exist(in steps: [HistoryStep]) -> Bool {
    var isFound = false
    forEach(in: steps) { _, _ in isFound = true }
    return isFound
  }

  /// Calls `body` with each such row, and what it is to become.
  private static func forEach(in steps: [HistoryStep], _ body: (Int, ArrivalRow) -> Void) {
    let groups = groups(of: steps)
    var history = NaiveHistory()
    var lives: [Moment: Set<NaiveStore.Life>] = [:]
    for (place, step) in steps.enumerated() {
      var step = step
      if case .row(var row) = step, let group = groups[row.user] {
        let store = history.pending
        let life = store.life(of: row.user)
        let user = store.root(of: life)
        let time = row.timestamp
        while let others = lives[Moment(group: group, time: row.timestamp)],
          others.contains(where: { store.root(of: $0) != user })
        {
          row.timestamp.milliseconds += 1
        }
        if row.timestamp != time {
          body(place, row)
          step = .row(row)
        }
        lives[Moment(group: group, time: row.timestamp), default: []].insert(life)
      }
      history.take(step)
    }
  }

  /// One id of all that links join, for each id that a link names.
  private static func groups(of steps: [HistoryStep]) -> [Text: Text] {
    var groups: [Text: Text] = [:]
    for case .link(_, let from, let to) in steps {
      let (old, new) = (groups[from] ?? from, groups[to] ?? to)
      (groups[from], groups[to]) = (new, new)
      for (id, group) in groups where group == old { groups[id] = new }
    }
    return groups
  }
}
