import MartletLanguage
import MartletModel
import MartletSegmentFile
import RoaringBitmap

/// `days(any in last 30 days) >= 5` in UTC: counts how many of the stored bitmaps by day hold each
/// user; rows are read only for days that the window cuts.
struct ActiveDaysLeaf: Leaf {
  let window: TimeWindow
  let comparison: ComparisonOperator
  let number: Number
  private let files: [AnyEvents]

  /// nil where some file has no bitmaps by day.
  init?(
    _ window: TimeWindow, _ comparison: ComparisonOperator, _ number: Number,
    files: [SegmentFile]
  ) {
    (self.window, self.comparison, self.number) = (window, comparison, number)
    self.files = files.enumerated().map { AnyEvents(file: $0.element, fileNumber: $0.offset) }
    guard self.files.allSatisfy(\.hasDays) else { return nil }
  }

  var name: String { "days" }
  var rowCount: Int { files.reduce(0) { $0 + $1.scannedRowCount(window) } }
  var method: PlanMethod { rowCount == 0 ? .bitmap : .scan }

  func evaluate(
    _ context: QueryContext, candidates: RoaringBitmap?
  ) throws(MartletError) -> Truth {
    let days = try usersByDay(context, candidates: candidates)
    let ranges = NumberSet(comparison, number, scale: 0).int64Ranges
    let holdsForNone = ranges.contains { $0.contains(0) }
    let truth = try SpanScan.run(
      context, rowCount: days.reduce(0) { $0 + $1.count }, candidates: candidates
    ) { span throws(MartletError) in
      var counts = [UInt32](repeating: 0, count: span.width)
      for users in days {
        for (index, key) in span.keys.enumerated() {
          let base = index << 16
          for low in users.lowValues(ofKey: UInt16(key)) { counts[base | Int(low)] &+= 1 }
        }
      }
      var bits = holdsForNone ? SpanBits(span, context.universe) : SpanBits(span)
      for (user, count) in counts.enumerated() where count != 0 {
        let holds = ranges.contains { $0.contains(Int64(count)) }
        guard holds != holdsForNone else { continue }
        if holds { bits.insert(UInt32(user)) } else { bits.remove(UInt32(user)) }
      }
      return bits
    }
    return Truth(truth)
  }

  /// For each day of the window, who had an event in the part that lies inside.
  private func usersByDay(
    _ context: QueryContext, candidates: RoaringBitmap?
  ) throws(MartletError) -> [RoaringBitmap] {
    let days = Set(files.flatMap { $0.days(in: window) }).sorted()
    let length = CivilDate.millisecondsPerDay
    return try Parallel.map(days) { day throws(MartletError) in
      let part = TimeWindow(from: Int64(day) * length, to: Int64(day + 1) * length)
        .clamped(to: window)
      var users: [RoaringBitmap] = []
      for file in files {
        users.append(try file.users(in: part, context, candidates: candidates))
      }
      return RoaringBitmap.union(of: users)
    }
  }
}
