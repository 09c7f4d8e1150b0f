import MartletModel
import Testing

@Suite("Time zone rules")
struct TimeZoneRulesTests {
  static func rules(_ name: String) throws -> TimeZoneRules {
    try TimeZoneRules(name: name, tzif: bytes(hex: try #require(timeZoneFiles[name])))
  }

  @Test("Offsets are what zoneinfo says, from year 1 to 9999", arguments: timeZoneExpectations)
  func offsets(expected: TimeZoneExpectation) throws {
    let rules = try Self.rules(expected.name)
    #expect(rules.name == expected.name)
    for (second, offset) in TimeZoneExpectation.pairs(expected.offsets) {
      for millisecond: Int64 in [0, 1, 999] {
        let instant = Timestamp(milliseconds: second * 1000 + millisecond)
        #expect(rules.offsetSeconds(at: instant) == Int(offset), "\(expected.name) at \(instant)")
        let local = second + offset
        let day = local.quotientAndRemainder(flooring: 86_400).quotient
        #expect(rules.dayNumber(of: instant) == Int(day), "\(expected.name) at \(instant)")
      }
    }
  }

  @Test(
    "Local times in gaps move forward, in overlaps are the earlier", arguments: timeZoneExpectations
  )
  func instants(expected: TimeZoneExpectation) throws {
    let rules = try Self.rules(expected.name)
    for (local, second) in TimeZoneExpectation.pairs(expected.instants) {
      let (day, rest) = local.quotientAndRemainder(flooring: 86_400)
      let instant = rules.instant(
        of: CivilDate(daysSinceEpoch: Int(day)), millisecondOfDay: rest * 1000 + 7)
      #expect(
        instant.milliseconds == second * 1000 + 7,
        "\(expected.name), local \(Timestamp(milliseconds: local * 1000))")
    }
  }

  @Test("Segments are the offsets between their starts", arguments: timeZoneExpectations)
  func segments(expected: TimeZoneExpectation) throws {
    let rules = try Self.rules(expected.name)
    for (from, to): (Int64, Int64) in [
      (-5_000_000_000, 5_000_000_000), (0, 1), (13_000_000_000, 13_100_000_000),
      (60_000_000_000, 60_040_000_000), (17_000_000_000, 17_400_000_000),
    ] {
      let (from, to) = (Timestamp(milliseconds: from * 1000), Timestamp(milliseconds: to * 1000))
      let segments = rules.segments(from: from, to: to)
      #expect(segments[0].start == from.milliseconds)
      for (index, segment) in segments.enumerated() {
        #expect(segment.start < to.milliseconds)
        #expect(
          rules.offsetSeconds(at: Timestamp(milliseconds: segment.start)) == segment.offsetSeconds)
        if index > 0 {
          let before = rules.offsetSeconds(at: Timestamp(milliseconds: segment.start - 1))
          #expect(segments[index - 1].offsetSeconds == before)
          #expect(segments[index - 1].offsetSeconds != segment.offsetSeconds)
          #expect(segments[index - 1].start < segment.start)
        }
      }
      // No change of offset is left out: every day at noon.
      var index = 0
      for instant in stride(from: from.milliseconds, to: to.milliseconds, by: 43_200_000) {
        while index + 1 < segments.count, segments[index + 1].start <= instant { index += 1 }
        let offset = rules.offsetSeconds(at: Timestamp(milliseconds: instant))
        if offset != segments[index].offsetSeconds {
          Issue.record("\(expected.name): \(offset) at \(Timestamp(milliseconds: instant))")
        }
      }
    }
  }

  @Test("UTC is UTC")
  func utc() throws {
    #expect(TimeZoneRules.utc.offsetSeconds(at: .earliest) == 0)
    #expect(TimeZoneRules.utc.dayNumber(of: Timestamp(milliseconds: -1)) == -1)
    #expect(TimeZoneRules.utc.segments(from: .earliest, to: .latest).count == 1)
    let date = try #require(CivilDate(year: 2026, month: 3, day: 1))
    let instant = TimeZoneRules.utc.instant(of: date, millisecondOfDay: 1)
    #expect(instant.description == "2026-03-01T00:00:00.001Z")
  }

  @Test("A day without midnight starts when it starts")
  func midnightGap() throws {
    // Brazil put clocks forward at midnight: 2018-11-04 began at 01:00.
    let rules = try Self.rules("America/Sao_Paulo")
    let date = try #require(CivilDate(year: 2018, month: 11, day: 4))
    let instant = rules.instant(of: date, millisecondOfDay: 0)
    #expect(instant.description == "2018-11-04T03:00:00.000Z")
    #expect(rules.dayNumber(of: instant) == date.daysSinceEpoch)
    let before = Timestamp(milliseconds: instant.milliseconds - 1)
    #expect(rules.dayNumber(of: before) == date.daysSinceEpoch - 1)
  }
}
