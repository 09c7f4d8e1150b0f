import MartletModel
import RoaringBitmap

/// Which users had any event, by day: the input of the "any" bitmaps.
struct AnyBitmaps {
  /// Days since 1970-01-01 in ascending order, and the users of each.
  private(set) var days: [(day: Int, users: RoaringBitmap)] = []
  private(set) var coarse: [(bucket: Int, users: RoaringBitmap)] = []

  /// A day's bitmap is worth having while files hold not absurdly many days.
  static let dayCountMax = 16_384

  /// - Complexity: O(rows)
  init(_ runs: [SortedRun]) {
    let eventRuns = runs.filter { $0.buffer.eventType != nil }
    var (firstDay, lastDay) = (Int.max, Int.min)
    for run in eventRuns {
      for time in run.times {
        let day = AnyBitmaps.day(of: time)
        firstDay = min(firstDay, day)
        lastDay = max(lastDay, day)
      }
    }
    guard firstDay <= lastDay, lastDay - firstDay < AnyBitmaps.dayCountMax else { return }
    var usersByDay = [[UInt32]](repeating: [], count: lastDay - firstDay + 1)
    for run in eventRuns {
      var (previousUser, previousDay) = (UInt32.max, Int.min)
      for row in 0..<run.rowCount {
        let day = AnyBitmaps.day(of: run.times[row])
        if day == previousDay, run.users[row] == previousUser { continue }
        usersByDay[day - firstDay].append(run.users[row])
        (previousUser, previousDay) = (run.users[row], day)
      }
    }
    for (offset, users) in usersByDay.enumerated() where !users.isEmpty {
      let bitmap = RoaringBitmap(sorted: RowOrder.sortedDistinct(users))
      days.append((firstDay + offset, bitmap))
      usersByDay[offset] = []
    }
    coarse = AnyBitmaps.coarse(days)
  }

  /// - Parameter days: in ascending order; none where they span more than is worth a bitmap each.
  init(days: [(day: Int, users: RoaringBitmap)]) {
    self.days = days
    coarse = AnyBitmaps.coarse(days)
  }

  private static func coarse(
    _ days: [(day: Int, users: RoaringBitmap)]
  ) -> [(bucket: Int, users: RoaringBitmap)] {
    var coarse: [(bucket: Int, users: RoaringBitmap)] = []
    for (day, users) in days {
      let bucket = day.quotientAndRemainder(flooring: SegmentFileFormat.coarseDayCount).quotient
      if coarse.last?.bucket == bucket {
        coarse[coarse.count - 1].users.formUnion(users)
      } else {
        coarse.append((bucket, users))
      }
    }
    return coarse
  }

  static func day(of time: Int64) -> Int {
    Int(time.quotientAndRemainder(flooring: CivilDate.millisecondsPerDay).quotient)
  }
}
