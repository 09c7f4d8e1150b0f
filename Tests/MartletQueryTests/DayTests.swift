import MartletFiles
import MartletModel
import Testing

@testable import MartletQuery
@testable import MartletTestSupport

/// Days of instants, and sets of days for each user.
@Suite struct DayTests {
  @Test(arguments: WindowTests.zones) func daysOfInstants(_ name: String) throws {
    let rules = try TimeZoneDatabase.rules(named: name)
    let naive = try #require(NaiveZone(name))
    var random = SplitMix64(seed: 17)
    let spans: [ClosedRange<Int64>] = [
      1_262_304_000_000...1_893_456_000_000, 1_325_203_200_000...1_325_376_000_000, 5...5,
      -86_400_001...86_400_001,
    ]
    for span in spans {
      let calendar = DayCalendar(rules, span)
      var cursor = calendar.cursor()
      for step in 0..<400 {
        let instant =
          step % 3 == 0
          ? Int64.random(in: span, using: &random)
          : min(span.upperBound, max(span.lowerBound, span.lowerBound + Int64(step) * 1_800_000))
        let day = cursor.day(of: instant)
        #expect(day == naive.day(at: instant), "\(instant) in \(name)")
        #expect(calendar.days.contains(day), "\(instant) in \(name)")
      }
    }
  }

  /// Every hour of the year in which Samoa left out a day.
  @Test func aDayThatNeverWas() throws {
    let rules = try TimeZoneDatabase.rules(named: "Pacific/Apia")
    let naive = try #require(NaiveZone("Pacific/Apia"))
    let span: ClosedRange<Int64> = 1_293_840_000_000...1_325_548_800_000
    var cursor = DayCalendar(rules, span).cursor()
    var days: Set<Int> = []
    for instant in stride(from: span.lowerBound, through: span.upperBound, by: 3_600_000) {
      let day = cursor.day(of: instant)
      #expect(day == naive.day(at: instant), "\(instant)")
      days.insert(day)
    }
    let missing = try #require(CivilDate(year: 2011, month: 12, day: 30)).daysSinceEpoch
    #expect(!days.contains(missing) && days.contains(missing - 1) && days.contains(missing + 1))
  }

  /// The last width has too many days for bits: they are listed.
  @Test(arguments: [(64, 0...0), (1 << 16, -3...70), (1 << 20, -2000...2000)])
  func daysAreCountedOnce(_ width: Int, _ days: ClosedRange<Int>) {
    var random = SplitMix64(seed: UInt64(width))
    var userDays = UserDays(width: width, days: days)
    var expected: [UInt32: Set<Int>] = [:]
    let users: [UInt32] = [0, 1, 63, UInt32(width - 1)]
    for _ in 0..<3000 {
      let user = random.pick(users)
      let day = random.chance(0.1) ? days.upperBound : random.integer(days)
      userDays.insert(day, ofUser: user)
      expected[user, default: []].insert(day)
    }
    let counts = userDays.counts()
    #expect(counts.count == width)
    for user in users { #expect(counts[Int(user)] == Int64(expected[user]?.count ?? 0)) }
    #expect(counts[2] == 0)
    #expect(counts.reduce(0, +) == Int64(expected.values.reduce(0) { $0 + $1.count }))
  }
}
