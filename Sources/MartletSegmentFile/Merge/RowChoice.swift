import MartletModel
import RoaringBitmap

/// Which rows of a run a selection takes.
struct RowChoice {
  struct Rows {
    /// Rows that stay under their user; nil: all of the run.
    var kept: RowSet?
    /// Rows that move to another user; nil: none.
    var moved: RowSet?
    /// Whether every row of the run is one or the other.
    var isWhole: Bool
  }

  private let selection: SegmentFileMerge.Selection
  private let batches: KeyBatches
  /// Users whose rows move.
  private let moving: RoaringBitmap

  init(_ selection: SegmentFileMerge.Selection, _ batches: KeyBatches) {
    (self.selection, self.batches) = (selection, batches)
    moving = RoaringBitmap(sorted: selection.canonical.keys)
  }

  /// - Complexity: O(1) where the users and the time range of the run tell that it is taken whole,
  ///   else O(rows)
  func rows(of run: Run) throws(MartletError) -> Rows {
    let users = try run.users()
    let times = run.entry.eventType == nil ? selection.traitTimes : selection.times
    let isTimed = times.map { !RowChoice.covers($0, run.timeRange) } ?? false
    var chosen = users.subtracting(selection.droppedUsers)
    if let only = selection.users { chosen.formIntersection(only) }
    let isEveryone = chosen.count == users.count
    let leaving = chosen.intersection(moving)
    guard isTimed || !isEveryone || !leaving.isEmpty else {
      return Rows(kept: nil, moved: nil, isWhole: true)
    }
    let rowCount = run.directory.rowCount
    var (kept, moved) = (RowSet(rowCount: rowCount), RowSet(rowCount: rowCount))
    var keys = try SourceKeys(run)
    for range in batches.ranges(of: [run]) {
      try keys.start(range)
      while let last = batches.lastUser(of: [keys]) {
        let found = keys.nextUsers(upTo: last)
        var rowTimes: [Int64] = []
        if isTimed { try keys.nextTimes(found.rows, into: &rowTimes) }
        for (user, rows) in found {
          guard isEveryone || chosen.contains(user) else { continue }
          let isLeaving = !leaving.isEmpty && leaving.contains(user)
          for row in rows {
            if isTimed, let times,
              !RowChoice.holds(times, rowTimes[row - found.rows.lowerBound])
            {
              continue
            }
            if isLeaving { moved.insert(row) } else { kept.insert(row) }
          }
        }
      }
    }
    return Rows(
      kept: kept.count == rowCount ? nil : kept, moved: moved.count == 0 ? nil : moved,
      isWhole: kept.count + moved.count == rowCount)
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
