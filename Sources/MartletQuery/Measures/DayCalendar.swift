import MartletModel

/// Calendar days of a range of instants in one zone, without a look-up per instant.
struct DayCalendar: Sendable {
  /// Where each constant offset starts, ascending, and the offset, both in milliseconds.
  private let starts: [Int64]
  private let offsets: [Int64]
  /// All days that instants of the range can fall on.
  let days: ClosedRange<Int>

  init(_ zone: TimeZoneRules, _ range: ClosedRange<Int64>) {
    let segments = zone.segments(
      from: Timestamp(milliseconds: range.lowerBound),
      to: Timestamp(milliseconds: range.upperBound + 1))
    starts = segments.map(\.start)
    offsets = segments.map { Int64($0.offsetSeconds) * 1000 }
    let margin = 2 * CivilDate.millisecondsPerDay
    days =
      DayCalendar.day(range.lowerBound - margin)...DayCalendar.day(range.upperBound + margin)
  }

  fileprivate static func day(_ local: Int64) -> Int {
    Int(local.quotientAndRemainder(flooring: CivilDate.millisecondsPerDay).quotient)
  }

  func cursor() -> Cursor { Cursor(calendar: self) }

  /// Remembers the segment of the last instant, since neighbours usually share it.
  struct Cursor {
    private let calendar: DayCalendar
    private var index = 0

    init(calendar: DayCalendar) { self.calendar = calendar }

    /// The day of an instant, in days since 1970-01-01.
    mutating func day(of time: Int64) -> Int {
      let starts = calendar.starts
      while index + 1 < starts.count, time >= starts[index + 1] { index += 1 }
      while index > 0, time < starts[index] { index -= 1 }
      return DayCalendar.day(time + calendar.offsets[index])
    }
  }
}

/// A set of days for each user of a span.
struct UserDays {
  private let firstDay: Int
  private let wordsPerUser: Int
  private let width: Int
  /// `wordsPerUser` words for each user; empty where days are listed instead.
  private var words: [UInt64] = []
  /// Pairs of user and day, where a bit for each day would take too much memory.
  private var pairs: [UInt64] = []

  /// Bits for all days of a span's users take at most this many bytes.
  private static let byteCountMax = 64 << 20

  init(width: Int, days: ClosedRange<Int>) {
    self.width = width
    firstDay = days.lowerBound
    let wordsNeeded = days.count / 64 + 1
    let fits = wordsNeeded * 8 * width <= UserDays.byteCountMax
    wordsPerUser = fits ? wordsNeeded : 0
    words = [UInt64](repeating: 0, count: wordsPerUser * width)
  }

  mutating func insert(_ day: Int, ofUser user: UInt32) {
    let offset = day - firstDay
    guard wordsPerUser > 0 else {
      pairs.append(UInt64(user) << 32 | UInt64(offset))
      return
    }
    words[Int(user) * wordsPerUser + (offset >> 6)] |= 1 << UInt64(offset & 63)
  }

  /// How many days each user has.
  mutating func counts() -> [Int64] {
    var counts = [Int64](repeating: 0, count: width)
    guard wordsPerUser == 0 else {
      for user in 0..<width {
        for word in user * wordsPerUser..<(user + 1) * wordsPerUser {
          counts[user] += Int64(words[word].nonzeroBitCount)
        }
      }
      return counts
    }
    pairs.sort()
    for (index, pair) in pairs.enumerated() where index == 0 || pair != pairs[index - 1] {
      counts[Int(pair >> 32)] += 1
    }
    return counts
  }
}
