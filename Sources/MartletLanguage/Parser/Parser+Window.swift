import MartletModel

extension Parser {
  /// The window that starts here; nil where none does.
  mutating func windowIfAny() throws(ParseError) -> Window? {
    switch token.keyword {
    case .in:
      advance()
      return try windowAfterIn()
    case .since:
      advance()
      return try rangeWindow()
    case .before:
      advance()
      let bound = try time()
      if token.keyword == .since {
        throw failure(problem: "`since` stands before `before`")
      }
      return .range(since: nil, before: bound)
    case .on:
      advance()
      return .on(try date())
    case .between:
      advance()
      return try agoWindow()
    default:
      tried("a window", words: Keyword.windowStarts.map(\.rawValue))
      return nil
    }
  }

  private mutating func windowAfterIn() throws(ParseError) -> Window {
    guard accept(.last) else {
      if accept(.this) { return .this(try calendarUnit(isPlural: false)) }
      let isName = if case .quoted = token.kind { true } else { false }
      throw failure(hint: isName ? "members of a saved segment are `… and in \"name\"`" : nil)
    }
    tried("a duration such as `30 days`")
    guard case .number(let count) = token.kind else {
      let unit = CalendarUnit(word: text(of: token))
      throw failure(
        hint: unit.map { "write `in this \($0)`, or `in last 2 calendar \($0)s`, or a duration" })
    }
    let countRange = token.range
    guard peek().keyword == .calendar else { return .last(try duration()) }
    advance()
    advance()
    let unit = try calendarUnit(isPlural: true)
    guard let whole = count.integer, whole >= 1,
      whole <= Int64(LanguageLimits.calendarUnitCount)
    else {
      throw failure(
        at: countRange,
        problem: "calendar units are counted from 1 to \(LanguageLimits.calendarUnitCount)")
    }
    return .lastCalendar(count: Int(whole), unit)
  }

  private mutating func calendarUnit(isPlural: Bool) throws(ParseError) -> CalendarUnit {
    for unit in CalendarUnit.allCases {
      let word = isPlural ? unit.rawValue + "s" : unit.rawValue
      tried("`\(word)`", words: [word])
    }
    guard case .word = token.kind, let unit = CalendarUnit(word: text(of: token)) else {
      throw failure()
    }
    advance()
    return unit
  }

  private mutating func rangeWindow() throws(ParseError) -> Window {
    let start = token.range.lowerBound
    let since = try time()
    guard accept(.before) else { return .range(since: since, before: nil) }
    let before = try time()
    let window = Window.range(since: since, before: before)
    if let defect = window.defect() {
      throw failure(at: start..<previous.range.upperBound, defect)
    }
    return window
  }

  /// `45 and 30 days ago`, `6 weeks and 30 days ago`
  private mutating func agoWindow() throws(ParseError) -> Window {
    let start = token.range.lowerBound
    tried("a number of days or another unit")
    guard case .number(let number) = token.kind else {
      throw failure(guess: "a range of dates is `since 2026-05-01 before 2026-06-01`")
    }
    let numberRange = token.range
    advance()
    let unit = try unitIfAny()
    try expect(.and)
    let to = try durationWithUnit(allowsZero: true)
    try expect(.ago, hint: "a range of dates is `since 2026-05-01 before 2026-06-01`")
    let end = previous.range.upperBound
    let from: TimeSpan
    do throws(Defect) {
      from = try (unit ?? to.unit).span(number, allowsZero: true)
    } catch {
      throw failure(at: numberRange, error)
    }
    let window = Window.ago(from: from, to: to.span)
    if let defect = window.defect() { throw failure(at: start..<end, defect) }
    return window
  }
}

// MARK: - Durations, dates, times

extension Parser {
  mutating func duration() throws(ParseError) -> TimeSpan {
    try durationWithUnit(allowsZero: false).span
  }

  private mutating func durationWithUnit(
    allowsZero: Bool
  ) throws(ParseError) -> (span: TimeSpan, unit: DurationUnit) {
    let start = token.range.lowerBound
    tried("a duration such as `30 days`")
    guard case .number(let number) = token.kind else { throw failure() }
    advance()
    guard let unit = try unitIfAny() else { throw failure() }
    do throws(Defect) {
      return (try unit.span(number, allowsZero: allowsZero), unit)
    } catch {
      throw failure(at: start..<previous.range.upperBound, error)
    }
  }

  private mutating func unitIfAny() throws(ParseError) -> DurationUnit? {
    tried("a unit (`ms`, `s`, `m`, `h`, `d`, `w` or their words)", words: DurationUnit.allWords)
    guard case .word = token.kind else { return nil }
    let word = text(of: token)
    if let unit = DurationUnit(word: word) {
      advance()
      return unit
    }
    if let unit = CalendarUnit(word: word) {
      throw failure(
        problem: "a \(unit) has no fixed length",
        hint: "write a number of days, or the window `in last 3 calendar \(unit)s`")
    }
    return nil
  }

  private mutating func time() throws(ParseError) -> TimeLiteral {
    tried("a date or time such as `2026-05-01T09:00`")
    return try timeReading().literal
  }

  private mutating func date() throws(ParseError) -> CivilDate {
    tried("a date such as `2026-05-01`")
    let place = token.range
    let reading = try timeReading()
    guard !reading.hasClock else {
      throw failure(
        at: place, problem: "`on` takes a calendar day without a time",
        hint: "a range of times is `since T before T`")
    }
    return reading.date
  }

  private mutating func timeReading() throws(ParseError) -> TimeReading {
    switch token.kind {
    case .time(let reading):
      advance()
      return reading
    case .quoted(let text):
      do throws(Defect) {
        let reading = try TimeReading(text.utf8)
        advance()
        return reading
      } catch {
        throw failure(at: token.range, error)
      }
    default:
      throw failure(hint: timeHint())
    }
  }

  /// What was probably meant by something that is no time.
  private func timeHint() -> String? {
    switch token.kind {
    case .word(.first), .word(.last):
      return "near another event: `did A within 7 days before first(B)`"
    case .number where peek().keyword != nil || peek().kind == .word(nil):
      return "a span back from now is `in last \(text(of: token)) \(text(of: peek()))`"
    default:
      return nil
    }
  }
}

extension CalendarUnit {
  /// The unit that a word names, singular or plural.
  init?(word: String) {
    let lowered = asciiLowercased(word)
    let unit = CalendarUnit.allCases.first {
      lowered == $0.rawValue || lowered == $0.rawValue + "s"
    }
    guard let unit else { return nil }
    self = unit
  }
}
