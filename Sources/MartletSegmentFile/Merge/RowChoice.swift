import MartletModel
import RoaringBitmap

/// Which rows of a run a selection takes.
enum RowChoice {
  struct Rows {
    /// Rows that stay under their user; nil: all of the run.
    var kept: RowSet?
    /// Rows that move to another user; nil: none.
    var moved: RowSet?
    /// Whether every row of the run is one or the other.
    var isWhole: Bool
  }

  /// - Complexity: O(1) where the users and the time range of the run tell that it is taken whole,
  ///   else O(rows)
  static func rows(
    of run: Run, _ selection: SegmentFileMerge.Selection
  ) throws(MartletError) -> Rows {
    let users = try run.users()
    let times = run.entry.eventType == nil ? selection.traitTimes : selection.times
    let isTimed = times.map { !covers($0, run.timeRange) } ?? false
    var chosen = users.subtracting(selection.droppedUsers)
    if let only = selection.users { chosen.formIntersection(only) }
    let isEveryone = chosen.count == users.count
    let moves =
      !selection.canonical.isEmpty
      && chosen.intersects(RoaringBitmap(sorted: selection.canonical.keys))
    guard isTimed || !isEveryone || moves else {
      return Rows(kept: nil, moved: nil, isWhole: true)
    }
    var (kept, moved) = (
      RowSet(rowCount: run.directory.rowCount), RowSet(rowCount: run.directory.rowCount)
    )
    var keys = try SourceKeys(run)
    for range in KeyBatches.ranges(of: [run], rowCount: KeyBatches.rowCount) {
      let rows = run.rows(ofKeys: range)
      let (users, counts) = try keys.nextUsers(range)
      var rowTimes: [Int64] = []
      if isTimed { try keys.nextTimes(rows, into: &rowTimes) }
      var row = rows.lowerBound
      for (user, count) in zip(users, counts) {
        let end = row + Int(count)
        defer { row = end }
        guard isEveryone || chosen.contains(user) else { continue }
        let isMoved = moves && selection.canonical.target(of: user) != nil
        for row in row..<end {
          if isTimed, let times, !holds(times, rowTimes[row - rows.lowerBound]) { continue }
          if isMoved { moved.insert(row) } else { kept.insert(row) }
        }
      }
    }
    return Rows(
      kept: kept.count == run.directory.rowCount ? nil : kept,
      moved: moved.count == 0 ? nil : moved,
      isWhole: kept.count + moved.count == run.directory.rowCount)
  }

  private static func covers(_ times: [Range<Int64>], _ range: ClosedRange<Int64>) -> Bool {
    times.contains { $0.lowerBound <= range.lowerBound && range.upperBound < $0.upperBound }
  }

  /// Whether a time is in one of ascending, disjoint ranges.
  private static func holds(_ times: [Range<Int64>], _ time: Int64) -> Bool {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low + high) / 2
      if times[middle].upperBound <= time { low = middle + 1 } else { high = middle }
    }
    return low < times.count && times[low].contains(time)
  }
}
