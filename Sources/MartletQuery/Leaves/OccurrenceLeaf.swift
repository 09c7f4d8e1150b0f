import MartletLanguage
import MartletModel
import RoaringBitmap

/// `first("Sign Up") in last 14 days`: the time of one event of each user, tested by a window.
struct OccurrenceLeaf: Leaf {
  let position: Occurrence.Position
  let selection: BoundSelection
  let window: TimeWindow

  var name: String { "occurrence" }
  var method: PlanMethod { .scan }
  var rowCount: Int { selection.rowCount }

  func evaluate(
    _ context: QueryContext, candidates: RoaringBitmap?
  ) throws(MartletError) -> Truth {
    Truth(
      try SpanScan.run(context, rowCount: rowCount, candidates: candidates) {
        span throws(MartletError) in
        let none = position == .first ? Int64.max : Int64.min
        var times = [Int64](repeating: none, count: span.width)
        for part in selection.parts { try scan(part, span, context, &times) }
        var bits = SpanBits(span)
        for (user, time) in times.enumerated() where time != none && window.contains(time) {
          bits.insert(UInt32(user))
        }
        return bits
      })
  }

  private func scan(
    _ part: RunPart, _ span: UserSpan, _ context: QueryContext, _ best: inout [Int64]
  ) throws(MartletError) {
    let rows = try RunRows(part, span: span)
    guard rows.count > 0 else { return }
    let times = try rows.times()
    let mask = try selection.mask(
      of: rows, times: times, matches: context.dictionaryMatches)
    let isFirst = position == .first
    (mask ?? RowMask(all: rows.count)).forEachRow { row in
      let user = Int(rows.users[row])
      best[user] = isFirst ? min(best[user], times[row]) : max(best[user], times[row])
    }
  }
}
