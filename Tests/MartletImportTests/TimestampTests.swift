import MartletFiles
import MartletModel
import Testing

@testable import MartletImport

@Suite struct TimestampTests {
  private func read(_ text: String, in zone: TimeZoneRules = .utc) -> String {
    var parser = TimestampParser(zone: zone)
    let buffer = sealed(Array(text.utf8))
    switch parser.parse(buffer.window, from: 0, to: buffer.count) {
    case .instant(let milliseconds, let reading):
      return "\(Timestamp(milliseconds: milliseconds)) \(reading)"
    case .malformed: return "malformed"
    case .outOfRange: return "out of range"
    }
  }

  @Test(arguments: [
    ("2026-03-01T09:05:11.120Z", "2026-03-01T09:05:11.120Z isoWithZone"),
    ("2026-03-01t09:05:11z", "2026-03-01T09:05:11.000Z isoWithZone"),
    ("2026-03-01 09:05:11.5Z", "2026-03-01T09:05:11.500Z isoWithZone"),
    ("2026-03-01T09:05:11.123456789Z", "2026-03-01T09:05:11.123Z isoWithZone"),
    ("2026-03-01T09:05:11.999999Z", "2026-03-01T09:05:11.999Z isoWithZone"),
    ("1969-12-31T23:59:59.9999Z", "1969-12-31T23:59:59.999Z isoWithZone"),
    ("2026-03-01T09:05:11+10:30", "2026-02-28T22:35:11.000Z isoWithZone"),
    ("2026-03-01T09:05:11-0800", "2026-03-01T17:05:11.000Z isoWithZone"),
    ("2026-03-01T09:05:11.25+01", "2026-03-01T08:05:11.250Z isoWithZone"),
    ("2026-03-01T09:05Z", "2026-03-01T09:05:00.000Z isoWithZone"),
    ("2026-03-01T09:05+10:30", "2026-02-28T22:35:00.000Z isoWithZone"),
    ("2026-03-01T09:05", "2026-03-01T09:05:00.000Z isoWithoutZone"),
    ("2026-03-01T09:05:11", "2026-03-01T09:05:11.000Z isoWithoutZone"),
    ("2026-03-01 09:05:11.120000", "2026-03-01T09:05:11.120Z isoWithoutZone"),
    ("2026-03-01", "2026-03-01T00:00:00.000Z date"),
    ("2024-02-29", "2024-02-29T00:00:00.000Z date"),
    ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999Z isoWithZone"),
    ("2016-12-31T23:59:60.5Z", "2016-12-31T23:59:59.999Z isoWithZone"),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z isoWithZone"),
    ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z isoWithZone"),
    ("0", "1970-01-01T00:00:00.000Z epochSeconds"),
    ("1772355911", "2026-03-01T09:05:11.000Z epochSeconds"),
    ("1772355911.1209", "2026-03-01T09:05:11.120Z epochSeconds"),
    ("-0.0001", "1969-12-31T23:59:59.999Z epochSeconds"),
    ("-1", "1969-12-31T23:59:59.000Z epochSeconds"),
    ("99999999999", "5138-11-16T09:46:39.000Z epochSeconds"),
    ("100000000000", "1973-03-03T09:46:40.000Z epochMilliseconds"),
    ("1772355911120", "2026-03-01T09:05:11.120Z epochMilliseconds"),
    ("1772355911120.9", "2026-03-01T09:05:11.120Z epochMilliseconds"),
    ("-1772355911120", "1913-11-02T14:54:48.880Z epochMilliseconds"),
    ("1772355911120999", "2026-03-01T09:05:11.120Z epochMicroseconds"),
    ("99999999999999999", "5138-11-16T09:46:39.999Z epochMicroseconds"),
  ])
  func timestampsAreUnderstood(_ text: String, _ expected: String) {
    #expect(read(text) == expected)
  }

  @Test(arguments: [
    "", "x", "-", ".", "1.", "1e9", "2026-03", "2026-3-1", "2026-02-30", "2026-13-01",
    "2026-00-10", "2025-02-29", "2026-03-01T", "2026-03-01T9:05:11Z", "2026-03-01T24:00:00Z",
    "2026-03-01T09:60:00Z", "2026-03-01T09:05:61Z", "2026-03-01T09:05:11.Z",
    "2026-03-01T09:05:11.1234567890Z", "2026-03-01T09:05:11ZZ", "2026-03-01T09:05:11+1",
    "2026-03-01T09:05:11+24:00", "2026-03-01T09:05:11+10:60", "2026-03-01T09:05:11+10:3",
    "2026-03-01X09:05:11Z", "2026/03/01", "01-03-2026", "2026-03-01T09:05:1", "2026-03-01T09",
    "2026-03-01T09:05:11 Z", " 2026-03-01", "2026-03-01 ", "1 772 355", "+5", "0x10",
    "1234567890123456789", "²026-03-01",
  ])
  func otherTextIsRefused(_ text: String) {
    #expect(read(text) == "malformed")
  }

  @Test func instantsOutOfRange() {
    for text in [
      "0000-12-31T23:59:59Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
      "100000000000000000", "-100000000000000000",
    ] {
      #expect(read(text) == "out of range", "\(text)")
    }
  }

  @Test func localTimesAreInTheZone() throws {
    let zone = try TimeZoneDatabase.rules(named: "Australia/Melbourne")
    for (text, instant) in [
      ("2026-03-01T09:05:11", "2026-02-28T22:05:11.000Z isoWithoutZone"),
      ("2026-07-01 09:05", "2026-06-30T23:05:00.000Z isoWithoutZone"),
      ("2026-03-01", "2026-02-28T13:00:00.000Z date"),
      // Clocks go back at 03:00 on the 5th of April: the earlier of two instants.
      ("2026-04-05T02:30:00", "2026-04-04T15:30:00.000Z isoWithoutZone"),
      ("2026-04-05T03:30:00", "2026-04-04T17:30:00.000Z isoWithoutZone"),
      // They go forward at 02:00 on the 4th of October: the gap moves the time forward.
      ("2026-10-04T01:59:59", "2026-10-03T15:59:59.000Z isoWithoutZone"),
      ("2026-10-04T02:30:00", "2026-10-03T16:30:00.000Z isoWithoutZone"),
      ("2026-10-04T03:30:00", "2026-10-03T16:30:00.000Z isoWithoutZone"),
      ("2026-03-01T09:05:11Z", "2026-03-01T09:05:11.000Z isoWithZone"),
      ("0", "1970-01-01T00:00:00.000Z epochSeconds"),
    ] {
      #expect(read(text, in: zone) == instant, "\(text)")
    }
  }

  @Test func localTimesAgreeWithTheZoneAllYear() throws {
    let zone = try TimeZoneDatabase.rules(named: "America/New_York")
    var parser = TimestampParser(zone: zone)
    // 2026, every half hour, so that the day's cached offset is right around each change.
    for halfHour in 0..<365 * 48 {
      let local = Timestamp(milliseconds: 1_767_225_600_000 + Int64(halfHour) * 1_800_000)
      let text = String(local.description.dropLast())
      let buffer = sealed(Array(text.utf8))
      let day = CivilDate(daysSinceEpoch: Int(local.milliseconds / 86_400_000))
      let expected = zone.instant(
        of: day, millisecondOfDay: local.milliseconds % 86_400_000)
      guard
        case .instant(let found, .isoWithoutZone) = parser.parse(
          buffer.window, from: 0, to: buffer.count), found == expected.milliseconds
      else {
        Issue.record("\(text)")
        return
      }
    }
  }

  @Test func everyDayOfFourCenturies() {
    var parser = TimestampParser(zone: .utc)
    for day in stride(from: -30_000, to: 116_098, by: 1) {
      let text = CivilDate(daysSinceEpoch: day).description
      let buffer = sealed(Array(text.utf8))
      guard case .instant(let found, .date) = parser.parse(buffer.window, from: 0, to: 10) else {
        Issue.record("\(text) is refused")
        return
      }
      #expect(found == Int64(day) * 86_400_000)
    }
  }

  @Test func jsonTimestamps() {
    func line(_ time: String) -> String { #"{"user_id":"u","event":"e","timestamp":\#(time)}"# }
    for (time, milliseconds) in [
      ("1772355911", 1_772_355_911_000), ("1772355911.12", 1_772_355_911_120),
      ("1.7e9", 1_700_000_000_000), ("\"1772355911\"", 1_772_355_911_000),
      (#""2026-03-01T09:05:11\u002e120Z""#, 1_772_355_911_120), ("-1.5", -1500),
    ] {
      #expect(dump(decode(line(time)).batch) == ["u e \(milliseconds)"], "\(time)")
    }
    #expect(refusal(line("\"soon\"")) == "timestamp: not a timestamp")
    #expect(refusal(line("1e18")) == "timestamp: outside the years 1 to 9999")
    #expect(refusal(line("1e30")) == "timestamp: not a timestamp")
    #expect(refusal(line("null")) == "timestamp: null")
  }

  @Test func readingsAreCountedForRowsOnly() {
    let chunk = decode(
      #"""
      {"user_id":"u","event":"e","timestamp":1}
      {"user_id":"u","event":"e","timestamp":"2026-03-01"}
      {"user_id":"u","event":"e","timestamp":2}
      {"event":"e","timestamp":2}
      {"user_id":"u","event":"e","timestamp":1772355911120}
      """#)
    #expect(
      chunk.readings.remarks(zone: "UTC") == [
        "1 timestamp without a time of day read as midnight UTC",
        "2 timestamps read as epoch seconds", "1 timestamp read as epoch milliseconds",
      ])
  }
}
