/// A POSIX time zone rule with RFC 8536's extension: `AEST-10AEDT,M10.1.0,M4.1.0/3`.
struct TimeZoneFooter {
  /// Summer time: its offset, when it starts (in standard time) and ends (in summer time).
  struct Daylight {
    var offset: Int
    var start: YearlyMoment
    var end: YearlyMoment
  }

  /// A moment of every year.
  struct YearlyMoment {
    enum Day {
      /// `Jn`: day 1...365, February 29 never counted.
      case julian(Int)
      /// `n`: day 0...365, February 29 counted.
      case zeroBased(Int)
      /// `Mm.w.d`: weekday 0 (Sunday)...6 in week 1...5 (the last) of the month.
      case weekday(month: Int, week: Int, day: Int)
    }
    var day: Day
    /// Seconds after midnight, -167...167 hours.
    var second: Int
  }

  /// Seconds to add to UTC.
  var standardOffset: Int
  var daylight: Daylight?

  /// The changes of the year, in order.
  func transitions(year: Int) -> [(second: Int64, offset: Int)] {
    guard let daylight else { return [] }
    let start = daylight.start.localSecond(year: year) - Int64(standardOffset)
    let end = daylight.end.localSecond(year: year) - Int64(daylight.offset)
    let changes = [(second: start, offset: daylight.offset), (end, standardOffset)]
    return start <= end ? changes : changes.reversed()
  }

  /// Midnight UTC of January 1.
  func startOfYear(_ year: Int) -> Int64 { Int64(daysBeforeYear(year)) * 86_400 }
}

extension TimeZoneFooter.YearlyMoment {
  /// Seconds since the epoch, as if the zone were UTC.
  func localSecond(year: Int) -> Int64 { Int64(dayNumber(year: year)) * 86_400 + Int64(second) }

  private func dayNumber(year: Int) -> Int {
    let newYear = daysBeforeYear(year)
    switch day {
    case .zeroBased(let day): return newYear + day
    case .julian(let day):
      let isLeap = CivilDate.daysIn(month: 2, year: year) == 29
      return newYear + day - 1 + (isLeap && day >= 60 ? 1 : 0)
    case .weekday(let month, let week, let day):
      var first = newYear
      for earlier in 1..<month { first += CivilDate.daysIn(month: earlier, year: year) }
      // 1970-01-01 was a Thursday, day 4.
      let weekday = (first + 4).quotientAndRemainder(flooring: 7).remainder
      let firstMatch = (day - weekday + 7) % 7
      let inMonth = firstMatch + (week - 1) * 7
      let length = CivilDate.daysIn(month: month, year: year)
      return first + (inMonth < length ? inMonth : inMonth - 7)
    }
  }
}

/// Days from 1970-01-01 to January 1 of the year.
private func daysBeforeYear(_ year: Int) -> Int {
  let previous = year - 1
  let leapDays =
    previous.quotientAndRemainder(flooring: 4).quotient
    - previous.quotientAndRemainder(flooring: 100).quotient
    + previous.quotientAndRemainder(flooring: 400).quotient
  // 719,162 days lie before 1970-01-01, counted from 0001-01-01.
  return previous * 365 + leapDays - 719_162
}

extension TimeZoneFooter {
  /// Parses the rule, or nil where it is none.
  init?(_ text: ArraySlice<UInt8>) {
    var scanner = FooterScanner(rest: text)
    guard scanner.name(), let standard = scanner.time(hourMax: 24) else { return nil }
    standardOffset = -standard
    if scanner.rest.isEmpty { return }
    guard scanner.name() else { return nil }
    var offset = standardOffset + 3600
    if let byte = scanner.rest.first, byte != FooterScanner.comma {
      guard let stated = scanner.time(hourMax: 24) else { return nil }
      offset = -stated
    }
    guard let start = scanner.moment(), let end = scanner.moment(), scanner.rest.isEmpty
    else { return nil }
    daylight = Daylight(offset: offset, start: start, end: end)
  }
}

private struct FooterScanner {
  static let comma = UInt8(ascii: ",")
  var rest: ArraySlice<UInt8>

  mutating func take(_ byte: Character) -> Bool {
    guard let wanted = byte.asciiValue, rest.first == wanted else { return false }
    rest.removeFirst()
    return true
  }

  /// Letters, or anything in angle brackets.
  mutating func name() -> Bool {
    if take("<") {
      guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
      rest = rest[(end + 1)...]
      return true
    }
    let letters = rest.prefix { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= 0x7A }
    rest = rest.dropFirst(letters.count)
    return letters.count >= 3
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    guard (1...3).contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    let value = digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    return range.contains(value) ? value : nil
  }

  /// `[+-]hh[:mm[:ss]]` in seconds.
  mutating func time(hourMax: Int) -> Int? {
    let sign = take("-") ? -1 : 1
    if sign == 1 { _ = take("+") }
    guard let hour = number(0...hourMax) else { return nil }
    var seconds = hour * 3600
    for unit in [60, 1] {
      guard take(":") else { break }
      guard let count = number(0...59) else { return nil }
      seconds += count * unit
    }
    return sign * seconds
  }

  /// `,date[/time]`; the time is 02:00 where it is not stated.
  mutating func moment() -> TimeZoneFooter.YearlyMoment? {
    guard take(",") else { return nil }
    let day: TimeZoneFooter.YearlyMoment.Day
    if take("M") {
      guard let month = number(1...12), take("."), let week = number(1...5), take("."),
        let weekday = number(0...6)
      else { return nil }
      day = .weekday(month: month, week: week, day: weekday)
    } else if take("J") {
      guard let number = number(1...365) else { return nil }
      day = .julian(number)
    } else {
      guard let number = number(0...365) else { return nil }
      day = .zeroBased(number)
    }
    guard take("/") else { return .init(day: day, second: 2 * 3600) }
    guard let second = time(hourMax: 167) else { return nil }
    return .init(day: day, second: second)
  }
}
