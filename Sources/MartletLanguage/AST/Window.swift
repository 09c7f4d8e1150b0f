public import MartletModel

/// A half-open range of time `[from, to)`; always also bounded by *as of*.
public enum Window: Hashable, Sendable {
  /// `in last 30 days` = `[as of − span, as of)`
  case last(TimeSpan)
  /// `since a`, `since a before b`, `before b`; at least one bound.
  case range(since: TimeLiteral?, before: TimeLiteral?)
  /// `on 2026-03-08`: that calendar day in the question's zone.
  case on(CivilDate)
  /// `between 45 and 30 days ago` = `[as of − from, as of − to)`
  case ago(from: TimeSpan, to: TimeSpan)
  /// `in last 30 calendar days`: the unit that holds *as of* and the `count - 1` before it.
  case lastCalendar(count: Int, CalendarUnit)
  /// `in this month`: from the start of the unit that holds *as of*.
  case this(CalendarUnit)
}

/// A unit of the calendar, in the question's zone; weeks start on Monday (ISO 8601).
public enum CalendarUnit: String, Hashable, Sendable, CaseIterable {
  case day, week, month, quarter, year
}

/// A length of time in whole milliseconds; a day is 24 hours.
public struct TimeSpan: Hashable, Comparable, Sendable {
  public var milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public static func days(_ count: Int64) -> TimeSpan {
    TimeSpan(milliseconds: count * 86_400_000)
  }
  public static func weeks(_ count: Int64) -> TimeSpan {
    TimeSpan(milliseconds: count * 604_800_000)
  }
  public static func hours(_ count: Int64) -> TimeSpan {
    TimeSpan(milliseconds: count * 3_600_000)
  }
  public static func minutes(_ count: Int64) -> TimeSpan {
    TimeSpan(milliseconds: count * 60_000)
  }
  public static func seconds(_ count: Int64) -> TimeSpan {
    TimeSpan(milliseconds: count * 1000)
  }

  public static func < (left: TimeSpan, right: TimeSpan) -> Bool {
    left.milliseconds < right.milliseconds
  }
}

/// A point in time as a question writes it.
public enum TimeLiteral: Hashable, Sendable {
  /// With a zone or `Z`.
  case instant(Timestamp)
  /// A date (midnight) or a date and time, in the question's zone.
  case local(CivilDate, millisecondOfDay: Int64)
}
