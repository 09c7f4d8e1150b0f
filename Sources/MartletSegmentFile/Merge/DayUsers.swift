import MartletModel
import RoaringBitmap

/// Who had an event on which day, gathered from batches of ascending users.
struct DayUsers {
  private var builders: [Int: RoaringBitmapBuilder] = [:]
  /// The users of keys of which rows may follow.
  private var unfinished: [Int: RoaringBitmap] = [:]
  private var (firstDay, lastDay) = (Int.max, Int.min)

  /// Whether the days span more than is worth a bitmap each.
  private var isTooWide: Bool {
    firstDay <= lastDay && lastDay - firstDay >= AnyBitmaps.dayCountMax
  }

  /// Adds rows of each run, whose users lie after those of finished keys.
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
      unfinished[first + offset, default: RoaringBitmap()].formUnion(RoaringBitmap(users))
    }
  }

  /// Says that no later batch has users of the same keys.
  mutating func finishKeys() {
    for (day, bitmap) in unfinished {
      for key in bitmap.keys {
        builders[day, default: RoaringBitmapBuilder()].append(blockOf: bitmap, key: key)
      }
    }
    unfinished.removeAll(keepingCapacity: true)
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
