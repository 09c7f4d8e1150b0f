import MartletModel
import MartletSegmentFile

extension BoundMeasure {
  /// Matching events per user.
  func counts(_ span: UserSpan, _ context: QueryContext) throws(MartletError) -> [Int64] {
    var counts = [Int64](repeating: 0, count: span.width)
    for part in selection.parts {
      // Rows per user are stored: no row is read where all match.
      if selection.filter == nil, selection.window.covers(part.run.timeRange) {
        let (users, rows) = try part.run.userCounts(ofKeys: span.keys)
        for (user, count) in zip(users, rows) { counts[Int(user)] += count }
        continue
      }
      let rows = try RunRows(part, span: span)
      guard rows.count > 0 else { continue }
      let mask = try selection.mask(
        of: rows, times: nil, matches: context.dictionaryMatches)
      (mask ?? RowMask(all: rows.count)).forEachRow { counts[Int(rows.users[$0])] += 1 }
    }
    return counts
  }

  /// Calendar days with a matching event per user, in the question's zone.
  func days(_ span: UserSpan, _ context: QueryContext) throws(MartletError) -> [Int64] {
    guard let range = timeRange else { return [Int64](repeating: 0, count: span.width) }
    let calendar = DayCalendar(context.clock.zone, range)
    var days = UserDays(width: span.width, days: calendar.days)
    try forEachPart(span, context) { rows, mask throws(MartletError) in
      let times = try rows.times()
      var cursor = calendar.cursor()
      (mask ?? RowMask(all: rows.count)).forEachRow { row in
        days.insert(cursor.day(of: times[row]), ofUser: rows.users[row])
      }
    }
    return days.counts()
  }

  /// Earliest and latest time that a matching event can have.
  private var timeRange: ClosedRange<Int64>? {
    guard let earliest = selection.parts.map(\.run.timeRange.lowerBound).min(),
      let latest = selection.parts.map(\.run.timeRange.upperBound).max()
    else { return nil }
    let (from, to) = (
      max(earliest, selection.window.from), min(latest, selection.window.to - 1)
    )
    return from <= to ? from...to : nil
  }

  /// Different values of a property on matching events per user.
  func distinct(
    _ property: Text, _ numbering: TextNumbering, _ span: UserSpan, _ context: QueryContext
  ) throws(MartletError) -> [Int64] {
    var pairs: [(user: UInt32, key: ValueKey)] = []
    try forEachPart(span, context) { rows, mask throws(MartletError) in
      let values = try PropertyKeys(of: property, on: rows, numbering: numbering)
      for (row, key) in zip(values.rows, values.keys) where mask?[Int(row)] ?? true {
        pairs.append((rows.users[Int(row)], key))
      }
    }
    pairs.sort { ($0.user, $0.key) < ($1.user, $1.key) }
    var counts = [Int64](repeating: 0, count: span.width)
    for index in pairs.indices {
      if index > 0, pairs[index] == pairs[index - 1] { continue }
      counts[Int(pairs[index].user)] += 1
    }
    return counts
  }
}
