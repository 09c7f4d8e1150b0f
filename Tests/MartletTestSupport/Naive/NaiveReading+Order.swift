import MartletLanguage
import MartletModel

// Conditions on how events follow each other. A rank is a place in the user's (time, arrival)
// order, so "later in order" is a greater rank.
extension NaiveReading {
  func around(
    _ selection: Selection, _ span: TimeSpan, _ side: SegmentExpression.Side,
    _ occurrence: Occurrence
  ) -> [Truth] {
    let (chosen, pivots) = (choose(selection), choose(occurrence))
    return each { user in
      guard let pivot = pivots.ranks(of: user).first else { return false }
      return chosen.ranks(of: user).contains { rank in
        let distance = user.events[rank].time - user.events[pivot].time
        switch side {
        case .after: return rank > pivot && distance < span.milliseconds
        case .before: return rank < pivot && -distance <= span.milliseconds
        }
      }
    }
  }

  func rolling(
    _ selection: Selection, _ comparison: ComparisonOperator, _ number: Number,
    _ span: TimeSpan
  ) -> [Truth] {
    let chosen = choose(selection)
    let bound = Quantity(total: ExactDecimal(number))
    return each { user in
      let times = chosen.ranks(of: user).map { user.events[$0].time }
      let needed = (0...times.count).first { Quantity.whole($0).holds(comparison, bound) }
      guard let needed else { return false }
      guard needed > 0 else { return true }
      return (0...times.count - needed).contains { start in
        times[start + needed - 1] - times[start] < span.milliseconds
      }
    }
  }

  func sequence(
    _ anchor: Anchor, _ steps: [Selection], _ property: Text?, _ span: TimeSpan
  ) -> [Truth] {
    let chosen = [choose(anchor)] + steps.map(choose)
    return each { user in
      let lists = chosen.map { $0.ranks(of: user) }
      guard let property else { return hasChain(lists, of: user, within: span) }
      // Under each value that the first step carries: the events of each step that carry it.
      let lanes = lists.map { ranksByValue($0, of: user, property) }
      return lanes[0].keys.contains { key in
        hasChain(lanes.map { $0[key] ?? [] }, of: user, within: span)
      }
    }
  }

  /// Whether some first event is followed by one of each list in turn. The earliest next event is
  /// as good as any: whatever can follow a later one can follow it.
  private func hasChain(_ lists: [[Int]], of user: NaiveUser, within span: TimeSpan) -> Bool {
    lists[0].contains { first in
      var last = first
      for list in lists.dropFirst() {
        guard let next = firstRank(after: last, in: list) else { return false }
        last = next
      }
      return user.events[last].time - user.events[first].time < span.milliseconds
    }
  }

  func absence(
    _ anchor: Anchor, _ selection: Selection, _ property: Text?, _ span: TimeSpan
  ) -> [Truth] {
    let (anchors, others) = (choose(anchor), choose(selection))
    return users.map { user in
      let ranks = others.ranks(of: user)
      let byValue = property.map { ranksByValue(ranks, of: user, $0) }
      var result = Truth.no
      for rank in anchors.ranks(of: user) {
        let time = user.events[rank].time
        func isFollowed(by ranks: [Int]) -> Bool {
          guard let next = firstRank(after: rank, in: ranks) else { return false }
          return user.events[next].time - time < span.milliseconds
        }
        if let property, let byValue {
          let keys = keys(of: user.events[rank], property)
          if keys.isEmpty || keys.contains(where: { isFollowed(by: byValue[$0] ?? []) }) {
            continue
          }
        } else if isFollowed(by: ranks) {
          continue
        }
        // Over once `time + span <= as of`; until then the other event may still come.
        result = max(result, asOf - time >= span.milliseconds ? .yes : .pending)
      }
      return result
    }
  }

  private func keys(of event: NaiveEvent, _ property: Text) -> Set<ValueKey> {
    ValueKey.keys(of: names[property].flatMap { event.value(of: $0) })
  }

  private func ranksByValue(
    _ ranks: [Int], of user: NaiveUser, _ property: Text
  ) -> [ValueKey: [Int]] {
    var result: [ValueKey: [Int]] = [:]
    for rank in ranks {
      for key in keys(of: user.events[rank], property) { result[key, default: []].append(rank) }
    }
    return result
  }

  /// The least element greater than `rank`, by bisection of the ascending list.
  private func firstRank(after rank: Int, in ranks: [Int]) -> Int? {
    var (low, high) = (0, ranks.count)
    while low < high {
      let middle = (low + high) / 2
      if ranks[middle] > rank { high = middle } else { low = middle + 1 }
    }
    return low < ranks.count ? ranks[low] : nil
  }
}
