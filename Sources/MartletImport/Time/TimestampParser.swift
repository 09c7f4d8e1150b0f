import MartletModel

/// Reads the timestamps that files have: ISO-8601 in its usual spellings, and epoch numbers.
struct TimestampParser {
  /// An instant, or why there is none.
  enum Outcome {
    case instant(milliseconds: Int64, TimestampReading)
    case malformed
    case outOfRange
  }

  /// The zone of local times.
  private let zone: TimeZoneRules
  // The day read last: most files hold long stretches of one day. Bytes 0-7 and 8-9 of its text.
  private var dayText: (UInt64, UInt16) = (0, 0)
  private var dayMilliseconds: Int64 = 0
  /// The day whose offset is known, and that offset: nil where clocks change around that day.
  private var offsetDay = Int64.min
  private var dayOffset: Int64?

  init(zone: TimeZoneRules) { self.zone = zone }

  /// Reads the text from `start` to `end`.
  mutating func parse(_ text: ByteWindow, from start: Int, to end: Int) -> Outcome {
    guard end - start >= 10, text[start + 4] == UInt8(ascii: "-"),
      text[start + 7] == UInt8(ascii: "-")
    else { return TimestampParser.parseEpoch(text, from: start, to: end) }
    let word = (text.word(at: start), UInt16(text[start + 8]) | UInt16(text[start + 9]) << 8)
    if word != dayText {
      guard let day = TimestampParser.day(text, at: start) else { return .malformed }
      dayText = word
      dayMilliseconds = day
    }
    if end - start == 10 { return local(timeOfDay: 0, .date) }
    let mark = text[start + 10] | 0x20
    guard mark == UInt8(ascii: "t") || mark == UInt8(ascii: " ") else { return .malformed }
    return parseTime(text, from: start + 11, to: end)
  }

  private mutating func parseTime(_ text: ByteWindow, from start: Int, to end: Int) -> Outcome {
    guard let (time, afterTime) = TimestampParser.timeOfDay(text, from: start, to: end) else {
      return .malformed
    }
    if afterTime == end { return local(timeOfDay: time, .isoWithoutZone) }
    guard let offset = TimestampParser.zoneOffset(text, from: afterTime, to: end) else {
      return .malformed
    }
    return TimestampParser.ranged(dayMilliseconds + time - offset, .isoWithZone)
  }

  /// The instant at which clocks of the zone show this time of the day read last.
  private mutating func local(timeOfDay: Int64, _ reading: TimestampReading) -> Outcome {
    if dayMilliseconds != offsetDay { findOffset() }
    if let dayOffset {
      return TimestampParser.ranged(dayMilliseconds + timeOfDay - dayOffset, reading)
    }
    let day = CivilDate(daysSinceEpoch: Int(dayMilliseconds / CivilDate.millisecondsPerDay))
    let instant = zone.instant(of: day, millisecondOfDay: timeOfDay)
    return TimestampParser.ranged(instant.milliseconds, reading)
  }

  /// Notes the day's offset where it is the same for days around, as on all but a few days.
  @inline(never)
  private mutating func findOffset() {
    let reach = 2 * CivilDate.millisecondsPerDay
    let around = zone.segments(
      from: Timestamp(milliseconds: dayMilliseconds - reach),
      to: Timestamp(milliseconds: dayMilliseconds + reach + CivilDate.millisecondsPerDay))
    offsetDay = dayMilliseconds
    dayOffset = around.count == 1 ? Int64(around[0].offsetSeconds) * 1000 : nil
  }

  static func ranged(_ milliseconds: Int64, _ reading: TimestampReading) -> Outcome {
    let range = Timestamp.earliest.milliseconds...Timestamp.latest.milliseconds
    return range.contains(milliseconds)
      ? .instant(milliseconds: milliseconds, reading) : .outOfRange
  }
}
