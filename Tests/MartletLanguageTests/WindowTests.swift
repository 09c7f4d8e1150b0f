import MartletLanguage
import MartletModel
import Testing

/// Every form of a window, a duration, a date and a time.
struct WindowTests {
  private func expectWindow(
    _ text: String, _ window: Window, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expectParse(
      "did A \(text)", .did(Selection(.named("A"), window: window)),
      sourceLocation: sourceLocation)
  }

  @Test func spans() {
    expectWindow("in last 30 days", .last(.days(30)))
    expectWindow("IN LAST 30 Days", .last(.days(30)))
    expectWindow("in last 1.5 days", .last(.hours(36)))
    expectWindow("in last 0.001 s", .last(TimeSpan(milliseconds: 1)))
    expectWindow("in last 5e-1 h", .last(.minutes(30)))
    expectWindow("in last 7d", .last(.days(7)))
  }

  @Test(arguments: [
    ("ms millisecond milliseconds", 1), ("s sec secs second seconds", 1000),
    ("m min mins minute minutes", 60_000), ("h hr hrs hour hours", 3_600_000),
    ("d day days", 86_400_000), ("w week weeks", 604_800_000),
  ])
  func units(words: String, milliseconds: Int64) {
    for word in words.split(separator: " ") {
      expectWindow("in last 2 \(word)", .last(TimeSpan(milliseconds: 2 * milliseconds)))
      expectWindow("in last 2\(word)", .last(TimeSpan(milliseconds: 2 * milliseconds)))
    }
  }

  @Test(arguments: CalendarUnit.allCases)
  func calendar(unit: CalendarUnit) {
    expectWindow("in last 30 calendar \(unit)s", .lastCalendar(count: 30, unit))
    expectWindow("in last 1 calendar \(unit)", .lastCalendar(count: 1, unit))
    expectWindow("in this \(unit)", .this(unit))
  }

  @Test func ranges() {
    let may = TimeLiteral.local(date(2026, 5, 1), millisecondOfDay: 0)
    let june = TimeLiteral.local(date(2026, 6, 1), millisecondOfDay: 0)
    expectWindow("since 2026-05-01", .range(since: may, before: nil))
    expectWindow("before 2026-06-01", .range(since: nil, before: june))
    expectWindow("since 2026-05-01 before 2026-06-01", .range(since: may, before: june))
    expectWindow(#"since "2026-05-01" before "2026-06-01""#, .range(since: may, before: june))
    expectWindow("on 2026-03-08", .on(date(2026, 3, 8)))
    expectWindow(#"on "2026-03-08""#, .on(date(2026, 3, 8)))
    expectWindow("on 2024-02-29", .on(date(2024, 2, 29)))
  }

  @Test func ago() {
    expectWindow("between 45 and 30 days ago", .ago(from: .days(45), to: .days(30)))
    expectWindow("between 6 weeks and 30 days ago", .ago(from: .days(42), to: .days(30)))
    expectWindow("between 2 d and 12 hours ago", .ago(from: .days(2), to: .hours(12)))
    expectWindow("between 30 and 0 days ago", .ago(from: .days(30), to: .days(0)))
    expectWindow("between 1.5 and 1 days ago", .ago(from: .hours(36), to: .days(1)))
  }

  @Test(arguments: [
    ("2026-05-01T09:00", 32_400_000), ("2026-05-01t09:00:30", 32_430_000),
    ("2026-05-01T09:00:30.5", 32_430_500), ("2026-05-01T23:59:59.999", 86_399_999),
    ("2026-05-01T09:00:00.120000", 32_400_120),
  ])
  func localTimes(text: String, millisecondOfDay: Int64) {
    let time = TimeLiteral.local(date(2026, 5, 1), millisecondOfDay: millisecondOfDay)
    expectWindow("since \(text)", .range(since: time, before: nil))
    expectWindow("since \"\(text)\"", .range(since: time, before: nil))
  }

  @Test(arguments: [
    ("2026-05-01T09:00Z", 1_777_626_000_000), ("2026-05-01T09:00:00.5z", 1_777_626_000_500),
    ("2026-05-01T19:30+10:30", 1_777_626_000_000), ("2026-05-01T04:00-0500", 1_777_626_000_000),
    ("1969-12-31T23:59:59.999Z", -1), ("0001-01-01T00:00Z", -62_135_596_800_000),
  ])
  func instants(text: String, milliseconds: Int64) {
    let time = TimeLiteral.instant(Timestamp(milliseconds: milliseconds))
    expectWindow("since \(text)", .range(since: time, before: nil))
    expectWindow("since \"\(text)\"", .range(since: time, before: nil))
  }

  @Test func spacedTimesAreQuoted() {
    let time = TimeLiteral.local(date(2026, 5, 1), millisecondOfDay: 32_400_000)
    expectWindow(#"since "2026-05-01 09:00""#, .range(since: time, before: nil))
  }

  /// Bounds of which one has a zone and one has none cannot be compared without the question's.
  @Test func mixedBoundsAreLeftToTheQuestion() {
    let instant = TimeLiteral.instant(Timestamp(milliseconds: 1_777_626_000_000))
    expectWindow(
      "since 2026-05-01T09:00Z before 2026-05-01",
      .range(since: instant, before: .local(date(2026, 5, 1), millisecondOfDay: 0)))
  }
}
