import MartletModel
import MartletSegmentFile
import RoaringBitmap

/// Who had any event in a window, from one file's bitmaps by day; rows are read for days that the
/// window cuts, and where the file has no such bitmaps.
struct AnyEvents: Sendable {
  let file: SegmentFile
  let fileNumber: Int

  private static let dayLength = CivilDate.millisecondsPerDay

  private var eventRuns: [SegmentFileDirectory.RunEntry] {
    file.directory.runs.filter { $0.eventType != nil }
  }

  /// Earliest and latest time of an event; nil for a file without events.
  private var timeRange: ClosedRange<Int64>? {
    guard let earliest = eventRuns.map(\.earliest).min(),
      let latest = eventRuns.map(\.latest).max()
    else { return nil }
    return earliest...latest
  }

  /// How a window is answered: whole days by bitmaps, the rest by rows.
  private struct Split {
    var days: Range<Int>
    var rows: [TimeWindow]
  }

  private func split(_ window: TimeWindow, _ range: ClosedRange<Int64>) -> Split {
    let inside = TimeWindow(
      from: max(window.from, range.lowerBound), to: min(window.to, range.upperBound + 1))
    guard !file.directory.anyDays.isEmpty else { return Split(days: 0..<0, rows: [inside]) }
    // A window that covers all events of its first or last day covers the day.
    let length = AnyEvents.dayLength
    let (firstDay, firstRest) = inside.from.quotientAndRemainder(flooring: length)
    let (lastDay, lastRest) = inside.to.quotientAndRemainder(flooring: length)
    let startsWhole = firstRest == 0 || inside.from <= range.lowerBound
    let endsWhole = lastRest == 0 || inside.to > range.upperBound
    let start = Int(firstDay) + (startsWhole ? 0 : 1)
    let end = Int(lastDay) + (lastRest != 0 && endsWhole ? 1 : 0)
    guard start <= end else { return Split(days: 0..<0, rows: [inside]) }
    var rows: [TimeWindow] = []
    if !startsWhole { rows.append(TimeWindow(from: inside.from, to: Int64(start) * length)) }
    if !endsWhole { rows.append(TimeWindow(from: Int64(end) * length, to: inside.to)) }
    return Split(days: start..<end, rows: rows)
  }

  /// Whether the file has a bitmap for each day with events.
  var hasDays: Bool { !file.directory.anyDays.isEmpty || timeRange == nil }

  /// The days with events that a window touches, in days since 1970-01-01.
  func days(in window: TimeWindow) -> [Int] {
    file.directory.anyDays.map(\.bucket).filter { day in
      let start = Int64(day) * AnyEvents.dayLength
      return window.overlaps(start...start + AnyEvents.dayLength - 1)
    }
  }

  /// Rows that `users` reads at most.
  func scannedRowCount(_ window: TimeWindow) -> Int {
    guard let range = timeRange, window.overlaps(range), !window.covers(range),
      !split(window, range).rows.isEmpty
    else { return 0 }
    return eventRuns.reduce(0) { $0 + $1.rowCount }
  }

  /// The users with any event in `window`.
  func users(
    in window: TimeWindow, _ context: QueryContext, candidates: RoaringBitmap?
  ) throws(MartletError) -> RoaringBitmap {
    guard let range = timeRange, window.overlaps(range) else { return RoaringBitmap() }
    if window.covers(range) { return try file.anyUsers() }
    let split = split(window, range)
    var bitmaps = try dayBitmaps(split.days)
    for rest in split.rows where !rest.isEmpty {
      let sure = RoaringBitmap.union(of: bitmaps)
      bitmaps = [sure]
      // Only users active on the cut day, and not found yet, need a look at their rows.
      var open = candidates
      if let day = try dayBitmap(holding: rest) {
        open = (open.map { $0.intersection(day) } ?? day).subtracting(sure)
      }
      if open?.isEmpty == true { continue }
      bitmaps.append(try scan(rest, context, candidates: open))
    }
    return RoaringBitmap.union(of: bitmaps)
  }

  /// Bitmaps whose union is the users of `days`: coarse ones where they fit, days at the ends.
  private func dayBitmaps(_ days: Range<Int>) throws(MartletError) -> [RoaringBitmap] {
    var bitmaps: [RoaringBitmap] = []
    let length = SegmentFileFormat.coarseDayCount
    var covered = 0..<0
    let first = (days.lowerBound + length - 1).quotientAndRemainder(flooring: length).quotient
    let last = days.upperBound.quotientAndRemainder(flooring: length).quotient
    if first < last {
      covered = first * length..<last * length
      for bitmap in file.directory.anyCoarse where (first..<last).contains(bitmap.bucket) {
        bitmaps.append(try file.bitmap(bitmap.users, what: "the bitmap of days"))
      }
    }
    for day in file.directory.anyDays
    where days.contains(day.bucket) && !covered.contains(day.bucket) {
      bitmaps.append(try file.bitmap(day.users, what: "the bitmap of a day"))
    }
    return bitmaps
  }

  /// The bitmap of the one day that holds a window; nil where it spans several or there is none.
  private func dayBitmap(holding window: TimeWindow) throws(MartletError) -> RoaringBitmap? {
    let length = AnyEvents.dayLength
    let first = Int(window.from.quotientAndRemainder(flooring: length).quotient)
    let last = Int((window.to - 1).quotientAndRemainder(flooring: length).quotient)
    guard first == last, !file.directory.anyDays.isEmpty else { return nil }
    guard let day = file.directory.anyDays.first(where: { $0.bucket == first }) else {
      return RoaringBitmap()
    }
    return try file.bitmap(day.users, what: "the bitmap of a day")
  }

  private func scan(
    _ window: TimeWindow, _ context: QueryContext, candidates: RoaringBitmap?
  ) throws(MartletError) -> RoaringBitmap {
    var parts: [RunPart] = []
    for (index, entry) in file.directory.runs.enumerated()
    where entry.eventType != nil && window.overlaps(entry.earliest...entry.latest) {
      parts.append(
        RunPart(file: file, fileNumber: fileNumber, run: try file.run(at: index)))
    }
    let rowCount = parts.reduce(0) { $0 + $1.run.entry.rowCount }
    return try SpanScan.run(context, rowCount: rowCount, candidates: candidates) {
      span throws(MartletError) in
      var bits = SpanBits(span)
      for part in parts {
        let rows = try RunRows(part, span: span)
        guard rows.count > 0 else { continue }
        RowMask(try rows.times(), in: window).forEachRow { bits.insert(rows.users[$0]) }
      }
      return bits
    }
  }
}
