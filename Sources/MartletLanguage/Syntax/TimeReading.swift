import MartletModel

/// A date or time as it was written.
///
/// `2026-05-01`, `2026-05-01T09:00`, `2026-05-01T09:00:00.5`, each with `T` or a space, the times
/// also with `Z`, `+10:30` or `+1030`. Years 0001 to 9999.
struct TimeReading: Hashable {
  var literal: TimeLiteral
  var date: CivilDate
  /// More than a date was written.
  var hasClock: Bool

  init(_ text: some Collection<UInt8>) throws(Defect) {
    var reader = ClockReader(bytes: Array(text))
    date = try reader.date()
    guard !reader.isAtEnd else {
      (literal, hasClock) = (.local(date, millisecondOfDay: 0), false)
      return
    }
    hasClock = true
    guard reader.skip("T") || reader.skip("t") || reader.skip(" ") else {
      throw ClockReader.malformed
    }
    let clock = try reader.clock()
    if reader.isAtEnd {
      literal = .local(date, millisecondOfDay: clock)
      return
    }
    let offset = try reader.offset()
    guard reader.isAtEnd else { throw ClockReader.malformed }
    let instant = Timestamp(
      milliseconds: Int64(date.daysSinceEpoch) * CivilDate.millisecondsPerDay + clock - offset)
    guard instant >= .earliest, instant <= .latest else {
      throw Defect("a time lies between \(Timestamp.earliest) and \(Timestamp.latest)")
    }
    literal = .instant(instant)
  }
}
