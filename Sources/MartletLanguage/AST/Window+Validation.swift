import MartletModel

extension Window {
  /// What is wrong with a window that no text could give, or that can hold no event; else nil.
  func defect() -> Defect? {
    switch self {
    case .last(let span):
      return span.defect()
    case .range(nil, nil):
      return Defect("a range of times has at least one bound")
    case .range(let since, let before):
      if let defect = since?.defect() ?? before?.defect() { return defect }
      if let since, let before, since.isKnownNotBefore(before) {
        return Defect("a window that ends before it starts holds no event")
      }
      return nil
    case .on(let date):
      return date.defect()
    case .ago(let from, let to):
      if to.milliseconds < 0 { return Defect("a duration cannot be negative") }
      guard from > to else {
        return Defect(
          "the longer time ago comes first", hint: "write `between 45 and 30 days ago`")
      }
      return from.defect()
    case .lastCalendar(let count, _):
      guard (1...LanguageLimits.calendarUnitCount).contains(count) else {
        return Defect(
          "calendar units are counted from 1 to \(LanguageLimits.calendarUnitCount)")
      }
      return nil
    case .this:
      return nil
    }
  }
}

extension TimeSpan {
  /// What is wrong with a span as a duration above 0; else nil.
  func defect() -> Defect? {
    guard milliseconds > 0 else { return Defect("a duration is above 0") }
    guard milliseconds <= LanguageLimits.spanMilliseconds else {
      return Defect("a duration is at most \(LanguageLimits.longestSpan)")
    }
    return nil
  }
}

extension CivilDate {
  func defect() -> Defect? {
    (1...9999).contains(year) && CivilDate(year: year, month: month, day: day) != nil
      ? nil : Defect("a date is a day of the years 0001 to 9999")
  }
}

extension TimeLiteral {
  func defect() -> Defect? {
    switch self {
    case .instant(let instant):
      return instant >= .earliest && instant <= .latest
        ? nil : Defect("a time lies between \(Timestamp.earliest) and \(Timestamp.latest)")
    case .local(let date, let millisecondOfDay):
      guard (0..<CivilDate.millisecondsPerDay).contains(millisecondOfDay) else {
        return Defect("a time of day has 0 to 86399999 milliseconds")
      }
      return date.defect()
    }
  }

  /// Whether it is at or after the other in every zone, as far as that can be told without one.
  func isKnownNotBefore(_ other: TimeLiteral) -> Bool {
    switch (self, other) {
    case (.instant(let left), .instant(let right)): left >= right
    case (.local(let left, let leftClock), .local(let right, let rightClock)):
      (left, leftClock) >= (right, rightClock)
    default: false
    }
  }
}
