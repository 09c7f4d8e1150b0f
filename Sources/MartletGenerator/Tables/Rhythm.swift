import MartletModel

/// How activity rises and falls over the hours of a day and the days of a week.
enum Rhythm {
  /// Weight of each local hour, of 64.
  static let hours: [UInt64] = [
    8, 5, 4, 3, 4, 8, 16, 28, 40, 48, 52, 54, 56, 52, 50, 50, 50, 52, 56, 60, 64, 58, 40, 20,
  ]
  /// Weight of each local day from Monday, of 16.
  static let days: [UInt64] = [16, 16, 16, 16, 15, 11, 10]

  /// The weight, of 1024, of an hour since the epoch where clocks stand `offset` hours from UTC.
  static func weight(hourSinceEpoch hour: Int, offset: Int) -> UInt64 {
    let (day, hourOfDay) = (hour + offset).quotientAndRemainder(flooring: 24)
    // 1970-01-01 was a Thursday, day 3 from Monday.
    let weekday = (day + 3).quotientAndRemainder(flooring: 7).remainder
    return hours[hourOfDay] * days[weekday]
  }
}
