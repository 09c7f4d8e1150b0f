import MartletLanguage
import MartletModel

extension NaiveReading {
  /// The window's instants; never reaches beyond *as of*.
  func interval(_ window: Window?) -> Interval {
    let whole = unboundedInterval(window)
    return Interval(from: whole.from, to: min(whole.to, asOf))
  }

  private func unboundedInterval(_ window: Window?) -> Interval {
    switch window {
    case nil:
      return Interval(from: .min, to: asOf)
    case .last(let span):
      return Interval(from: instant(before: asOf, by: span), to: asOf)
    case .range(let since, let before):
      return Interval(
        from: since.map(instant(of:)) ?? .min, to: before.map(instant(of:)) ?? .max)
    case .on(let date):
      let day = PlainCalendar.dayNumber(year: date.year, month: date.month, day: date.day)
      return Interval(from: zone.startOfDay(day), to: zone.startOfDay(day + 1))
    case .ago(let from, let to):
      return Interval(from: instant(before: asOf, by: from), to: instant(before: asOf, by: to))
    case .lastCalendar(let count, let unit):
      return Interval(from: startOfUnit(unit, back: count - 1), to: asOf)
    case .this(let unit):
      return Interval(from: startOfUnit(unit, back: 0), to: asOf)
    }
  }

  private func instant(before end: Int64, by span: TimeSpan) -> Int64 {
    let (result, overflow) = end.subtractingReportingOverflow(span.milliseconds)
    return overflow ? (span.milliseconds > 0 ? .min : .max) : result
  }

  private func instant(of literal: TimeLiteral) -> Int64 {
    switch literal {
    case .instant(let timestamp):
      return timestamp.milliseconds
    case .local(let date, let millisecondOfDay):
      let day = PlainCalendar.dayNumber(year: date.year, month: date.month, day: date.day)
      return zone.instant(ofLocal: Int64(day) * 86_400_000 + millisecondOfDay)
    }
  }

  /// Midnight at the start of the unit that holds *as of*, or of the `back`-th before it.
  private func startOfUnit(_ unit: CalendarUnit, back: Int) -> Int64 {
    let today = zone.day(at: asOf)
    let (year, month, _) = PlainCalendar.date(ofDay: today)
    func firstOfMonth(_ monthsSinceYearZero: Int) -> Int {
      let (year, month) = monthsSinceYearZero.quotientAndRemainder(flooring: 12)
      return PlainCalendar.dayNumber(year: year, month: month + 1, day: 1)
    }
    let start =
      switch unit {
      case .day: today - back
      case .week: today - PlainCalendar.daysSinceMonday(today) - 7 * back
      case .month: firstOfMonth(year * 12 + month - 1 - back)
      case .quarter: firstOfMonth(year * 12 + (month - 1) / 3 * 3 - 3 * back)
      case .year: firstOfMonth((year - back) * 12)
      }
    return zone.startOfDay(start)
  }
}
