import MartletModel
import RoaringBitmap

/// Who had an event on which day, gathered from batches of ascending users.
struct DayUsers {
  private var builders: [Int: RoaringBitmapBuilder] = [:]
  private var (firstDay, lastDay) = (Int.max, Int.min)

  /// Whether the days span more than is worth a bitmap each.
  private var isTooWide: Bool {
    firstDay <= lastDay && lastDay - firstDay >= AnyBitmaps.dayCountMax
  }

  /// Adds the rows of a batch of users, run by run; no later batch has users of the same key.
  mutating func add(_ batches: [KeyBatch]) {
    var (first, last) = (Int.max, Int.min)
    for batch in batches {
      guard let earliest = batch.times.min(), let latest = batch.times.max() else { continue }
      first = min(first, AnyBitmaps.day(of: earliest))
      last = max(last, AnyBitmaps.day(of: latest))
    }
    (firstDay, lastDay) = (min(firstDay, first), max(lastDay, last))
    guard first <= last, !isTooWide else { return }
    var usersByDay = [[UInt32]](repeating: [], count: last - first + 1)
    for batch in batches {
      var (previousUser, previousDay) = (UInt32.max, Int.min)
      for place in 0..<batch.count {
        let (user, day) = (batch.users[place], AnyBitmaps.day(of: batch.times[place]))
        if day == previousDay, user == previousUser { continue }
        usersByDay[day - first].append(user)
        (previousUser, previousDay) = (user, day)
      }
    }
    for (offset, users) in usersByDay.enumerated() where !users.isEmpty {
      let bitmap = RoaringBitmap(users)
      for key in bitmap.keys {
        builders[first + offset, default: RoaringBitmapBuilder()].append(
          blockOf: bitmap, key: key)
      }
    }
  }

  /// The users of each day, in ascending order of days; none where the days span too much.
  mutating func finish() -> [(day: Int, users: RoaringBitmap)] {
    guard !isTooWide else { return [] }
    return builders.sorted { $0.key < $1.key }.map { day, builder in
      var builder = builder
      return (day, builder.finish())
    }
  }
}
