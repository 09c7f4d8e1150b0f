import MartletLanguage
import MartletModel

/// A half-open range of instants, in milliseconds since the epoch.
struct TimeWindow: Hashable, Sendable {
  var from: Int64
  var to: Int64

  /// All of history before `asOf`.
  init(before asOf: Int64) { (from, to) = (.min, asOf) }

  init(from: Int64, to: Int64) { (self.from, self.to) = (from, max(from, to)) }

  var isEmpty: Bool { from >= to }

  func contains(_ time: Int64) -> Bool { time >= from && time < to }

  /// Whether every instant of `range` lies inside.
  func covers(_ range: ClosedRange<Int64>) -> Bool {
    from <= range.lowerBound && range.upperBound < to
  }

  func overlaps(_ range: ClosedRange<Int64>) -> Bool {
    from <= range.upperBound && range.lowerBound < to
  }

  func clamped(to other: TimeWindow) -> TimeWindow {
    TimeWindow(from: max(from, other.from), to: min(to, other.to))
  }
}

/// The instant and the zone of a question, which give its windows their meaning.
struct QuestionClock: Sendable {
  let asOf: Int64
  let zone: TimeZoneRules

  /// Whether calendar days are the stored ones.
  var isUTC: Bool { zone.name == TimeZoneRules.utc.name }

  /// The instants a window selects, all before *as of*.
  func resolve(_ window: Window?) -> TimeWindow {
    let history = TimeWindow(before: asOf)
    guard let window else { return history }
    return bounds(of: window).clamped(to: history)
  }

  private func bounds(of window: Window) -> TimeWindow {
    switch window {
    case .last(let span):
      return TimeWindow(from: back(span), to: asOf)
    case .ago(let from, let to):
      return TimeWindow(from: back(from), to: back(to))
    case .range(let since, let before):
      return TimeWindow(
        from: since.map(instant) ?? .min, to: before.map(instant) ?? asOf)
    case .on(let date):
      let next = CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1)
      return TimeWindow(from: midnight(date), to: midnight(next))
    case .lastCalendar(let count, let unit):
      return TimeWindow(from: midnight(start(of: unit, stepsBack: count - 1)), to: asOf)
    case .this(let unit):
      return TimeWindow(from: midnight(start(of: unit, stepsBack: 0)), to: asOf)
    }
  }

  private func back(_ span: TimeSpan) -> Int64 {
    let (instant, overflow) = asOf.subtractingReportingOverflow(span.milliseconds)
    return overflow ? .min : instant
  }

  private func midnight(_ date: CivilDate) -> Int64 {
    zone.instant(of: date, millisecondOfDay: 0).milliseconds
  }

  func instant(_ literal: TimeLiteral) -> Int64 {
    switch literal {
    case .instant(let timestamp): timestamp.milliseconds
    case .local(let date, let millisecond):
      zone.instant(of: date, millisecondOfDay: millisecond).milliseconds
    }
  }

  /// The first day of the calendar unit that holds *as of*, or of one `stepsBack` before it.
  private func start(of unit: CalendarUnit, stepsBack: Int) -> CivilDate {
    let today = zone.dayNumber(of: Timestamp(milliseconds: asOf))
    let date = CivilDate(daysSinceEpoch: today)
    switch unit {
    case .day: return CivilDate(daysSinceEpoch: today - stepsBack)
    case .week:
      // 1970-01-01 was a Thursday.
      let sinceMonday = (today + 3).quotientAndRemainder(flooring: 7).remainder
      return CivilDate(daysSinceEpoch: today - sinceMonday - 7 * stepsBack)
    case .month: return firstOfMonth(date.year * 12 + date.month - 1 - stepsBack)
    case .quarter:
      return firstOfMonth(date.year * 12 + (date.month - 1) / 3 * 3 - 3 * stepsBack)
    case .year: return firstOfMonth((date.year - stepsBack) * 12)
    }
  }

  private func firstOfMonth(_ months: Int) -> CivilDate {
    let (year, month) = months.quotientAndRemainder(flooring: 12)
    guard let date = CivilDate(year: year, month: month + 1, day: 1) else {
      preconditionFailure("every month has a first day")
    }
    return date
  }
}
