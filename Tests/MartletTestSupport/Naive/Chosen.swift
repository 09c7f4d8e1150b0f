/// A selection, or the one event `first(…)` or `last(…)` takes of it, ready to be asked of a user.
struct Chosen {
  enum Take {
    case all
    case first
    case last
  }

  /// nil is any type; a type that no event has is -1.
  var type: Int?
  var condition: (NaiveEvent) -> Bool
  var interval: Interval
  var take = Take.all

  /// Ranks of the user's chosen events, ascending.
  func ranks(of user: NaiveUser) -> [Int] {
    let candidates = type.map { user.ranksByType[$0] ?? [] } ?? Array(user.events.indices)
    let chosen = candidates.filter { rank in
      interval.contains(user.events[rank].time) && condition(user.events[rank])
    }
    switch take {
    case .all: return chosen
    case .first: return Array(chosen.prefix(1))
    case .last: return Array(chosen.suffix(1))
    }
  }
}
