/// Counts days of the Gregorian calendar from the lengths of years and months.
enum PlainCalendar {
  private static let daysBeforeEpoch = daysBefore(year: 1970)

  /// Days since 1970-01-01.
  static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let earlierMonths = (1..<month).map { length(ofMonth: $0, year: year) }.reduce(0, +)
    return daysBefore(year: year) - daysBeforeEpoch + earlierMonths + day - 1
  }

  /// The inverse: tries years, then months.
  static func date(ofDay number: Int) -> (year: Int, month: Int, day: Int) {
    var year = 1970 + number / 366
    while dayNumber(year: year, month: 1, day: 1) > number { year -= 1 }
    while dayNumber(year: year + 1, month: 1, day: 1) <= number { year += 1 }
    var (month, left) = (1, number - dayNumber(year: year, month: 1, day: 1))
    while left >= length(ofMonth: month, year: year) {
      left -= length(ofMonth: month, year: year)
      month += 1
    }
    return (year, month, left + 1)
  }

  /// 0 on a Monday. Day 0, 1970-01-01, was a Thursday.
  static func daysSinceMonday(_ number: Int) -> Int {
    (number % 7 + 7 + 3) % 7
  }

  /// Days from the start of year 1 (where it is after it), leap days counted one kind at a time.
  private static func daysBefore(year: Int) -> Int {
    let past = year - 1
    func multiples(of divisor: Int) -> Int {
      past >= 0 ? past / divisor : -((-past + divisor - 1) / divisor)
    }
    return past * 365 + multiples(of: 4) - multiples(of: 100) + multiples(of: 400)
  }

  private static func length(ofMonth month: Int, year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }
}
