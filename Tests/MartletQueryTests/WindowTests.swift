import MartletFiles
import MartletLanguage
import MartletModel
import Testing

@testable import MartletQuery
@testable import MartletTestSupport

/// The instants that windows select, beside the plain reading of the rules.
@Suite struct WindowTests {
  static let zones = [
    "UTC", "Australia/Melbourne", "America/New_York", "Asia/Kathmandu", "Pacific/Apia",
    "America/Sao_Paulo", "Africa/Casablanca",
  ]

  private static func spans(_ random: inout SplitMix64) -> (TimeSpan, TimeSpan) {
    let units: [Int64] = [1, 60_000, 3_600_000, 86_400_000, 604_800_000]
    func span() -> TimeSpan {
      TimeSpan(milliseconds: random.pick(units) * Int64(random.integer(1...60)))
    }
    let (a, b) = (span(), span())
    return (max(a, b), min(a, b))
  }

  private static func windows(_ asOf: Int64, _ random: inout SplitMix64) -> [Window?] {
    let (from, to) = spans(&random)
    func date() -> CivilDate {
      CivilDate(daysSinceEpoch: Int(asOf / 86_400_000) + random.integer(-40...5))
    }
    func literal() -> TimeLiteral {
      let clock = Int64(random.integer(0...86_399_999))
      return random.chance(0.5)
        ? .local(date(), millisecondOfDay: random.chance(0.5) ? 0 : clock)
        : .instant(Timestamp(milliseconds: asOf - clock * 10))
    }
    let calendar = CalendarUnit.allCases.flatMap { unit -> [Window] in
      [.this(unit), .lastCalendar(count: random.integer(1...30), unit)]
    }
    return [
      nil, .last(from), .ago(from: from, to: to), .ago(from: from, to: TimeSpan(milliseconds: 0)),
      .on(date()), .range(since: literal(), before: literal()),
      .range(since: literal(), before: nil),
      .range(since: nil, before: literal()), .last(TimeSpan(milliseconds: .max)),
    ] + calendar
  }

  @Test(arguments: zones, [1, 2] as [UInt64])
  func allWindowsInAllZones(_ name: String, _ seed: UInt64) throws {
    let rules = try TimeZoneDatabase.rules(named: name)
    let naive = try #require(NaiveZone(name))
    var random = SplitMix64(seed: seed)
    for _ in 0..<40 {
      // 2010 to 2030, every other time at a midnight or near a change of clocks.
      var asOf = Int64(random.integer(1_262_304_000...1_893_456_000)) * 1000
      if random.chance(0.3) { asOf = naive.startOfDay(Int(asOf / 86_400_000)) }
      if random.chance(0.2) { asOf += Int64(random.integer(-1...1)) }
      let clock = QuestionClock(asOf: asOf, zone: rules)
      let reading = NaiveReading(
        names: [:], users: [], asOf: asOf, zone: naive, savedSegments: [:])
      for window in Self.windows(asOf, &random) {
        let (found, expected) = (clock.resolve(window), reading.interval(window))
        let what = "\(String(describing: window)) as of \(asOf) in \(name), seed \(seed)"
        if expected.from >= expected.to {
          #expect(found.isEmpty, "\(what)")
        } else {
          #expect(found.from == expected.from && found.to == expected.to, "\(what)")
        }
      }
    }
  }

  private func resolve(
    _ window: Window, asOf: Timestamp, _ zone: String
  ) throws -> (String, String) {
    let rules = try TimeZoneDatabase.rules(named: zone)
    let found = QuestionClock(asOf: asOf.milliseconds, zone: rules).resolve(window)
    return (
      Timestamp(milliseconds: found.from).description, Timestamp(milliseconds: found.to).description
    )
  }

  /// 2026-03-08 has 23 hours in New York; 2026-04-05 has 25 in Melbourne.
  @Test func daysOfTwentyThreeAndTwentyFiveHours() throws {
    let asOf = Timestamp(milliseconds: 1_780_000_000_000)
    let short = try #require(CivilDate(year: 2026, month: 3, day: 8))
    #expect(
      try resolve(.on(short), asOf: asOf, "America/New_York")
        == ("2026-03-08T05:00:00.000Z", "2026-03-09T04:00:00.000Z"))
    let long = try #require(CivilDate(year: 2026, month: 4, day: 5))
    #expect(
      try resolve(.on(long), asOf: asOf, "Australia/Melbourne")
        == ("2026-04-04T13:00:00.000Z", "2026-04-05T14:00:00.000Z"))
  }

  @Test func calendarUnitsStartWhereTheirNamesSay() throws {
    // A Wednesday.
    let asOf = Timestamp(milliseconds: 1_779_840_000_000)
    #expect(asOf.description == "2026-05-27T00:00:00.000Z")
    let starts: [(Window, String)] = [
      (.this(.day), "2026-05-27"), (.this(.week), "2026-05-25"), (.this(.month), "2026-05-01"),
      (.this(.quarter), "2026-04-01"), (.this(.year), "2026-01-01"),
      (.lastCalendar(count: 1, .week), "2026-05-25"),
      (.lastCalendar(count: 2, .quarter), "2026-01-01"),
      (.lastCalendar(count: 6, .month), "2025-12-01"),
      (.lastCalendar(count: 30, .day), "2026-04-28"),
    ]
    for (window, start) in starts {
      #expect(try resolve(window, asOf: asOf, "UTC").0 == start + "T00:00:00.000Z", "\(window)")
    }
  }

  @Test func relationsOfWindowsAndRanges() {
    let windows = (0...4).flatMap { from in
      (from...4).map { TimeWindow(from: Int64(from), to: Int64($0)) }
    }
    for window in windows {
      let instants = Set((0...5).map(Int64.init).filter(window.contains))
      #expect(instants == Set((window.from..<window.to).map { $0 }))
      #expect(window.isEmpty == instants.isEmpty)
      for other in windows {
        let both = window.clamped(to: other)
        #expect(
          Set((0...5).map(Int64.init).filter(both.contains))
            == instants.filter(other.contains))
      }
      for low in 0...4 as ClosedRange<Int64> {
        for high in low...4 where !window.isEmpty {
          let range = Set(low...high)
          #expect(window.covers(low...high) == range.isSubset(of: instants))
          #expect(window.overlaps(low...high) == !range.isDisjoint(with: instants))
        }
      }
    }
    #expect(TimeWindow(from: 5, to: 3).isEmpty)
    #expect(TimeWindow(before: 7).contains(.min) && !TimeWindow(before: 7).contains(7))
  }
}
