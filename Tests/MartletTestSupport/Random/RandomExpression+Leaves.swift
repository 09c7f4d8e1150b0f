import MartletLanguage
import MartletModel

// What expressions end in: conditions on values, lengths of time, windows.
extension RandomExpression {
  /// A condition on a property or trait, mostly with values such as it has.
  mutating func test(of name: Text) -> ValueTest {
    switch random.integer(0...9) {
    case 0: return .exists
    case 1: return .isMissing
    case 2: return .isIn(literals(like: name))
    case 3: return .isNotIn(literals(like: name))
    case 4:
      let pair = [random.pick(RandomValues.numbers), random.pick(RandomValues.numbers)].sorted()
      return random.chance(0.2)
        ? .between(.text("a"), .text("s")) : .between(.number(pair[0]), .number(pair[1]))
    case 5: return .contains(random.pick(["", "o", "spring", "\u{E9}", "\u{301}", "🍮", " "]))
    default: return .compare(random.pick(ComparisonOperator.allCases), literal(like: name))
    }
  }

  private mutating func literals(like name: Text) -> [Literal] {
    (0..<random.integer(1...3)).map { _ in literal(like: name) }
  }

  private mutating func literal(like name: Text) -> Literal {
    var value = random.chance(0.8) ? RandomValues.value(of: name, &random) : .null
    if case .list(let items) = value { value = items.first ?? .null }
    switch value {
    case .number(let number): return .number(number)
    case .text(let text): return .text(text)
    case .boolean(let flag): return .boolean(flag)
    case .list, .null: break
    }
    switch random.integer(0...4) {
    case 0, 1: return .number(random.pick(RandomValues.numbers))
    case 2: return .boolean(random.chance(0.5))
    default: return .text(random.pick(RandomValues.texts))
    }
  }

  /// Days rather than milliseconds, twice in three times.
  mutating func span() -> TimeSpan {
    let days = random.chance(0.67)
    return TimeSpan(milliseconds: random.pick(Array(RandomTimes.spans.suffix(days ? 6 : .max))))
  }

  /// Inside the data, at the very time of a row or beside it, or after all of it.
  mutating func asOf() -> Timestamp {
    let last = times[times.count - 1].milliseconds
    switch random.integer(0...5) {
    case 0: return Timestamp(milliseconds: last + 1)
    case 1: return Timestamp(milliseconds: last + random.pick(RandomTimes.spans))
    case 2: return Timestamp(milliseconds: last + 60 * 86_400_000)
    case 3: return Timestamp(milliseconds: random.pick(RandomTimes.anchors))
    default:
      // Most of the history should be there to be asked about.
      let time = random.pick(Array(times.suffix(times.count / 2 + 1)))
      return Timestamp(milliseconds: time.milliseconds + random.pick([0, 0, 1]))
    }
  }

  private mutating func someInstant() -> Timestamp {
    let time = random.pick(times).milliseconds
    return Timestamp(milliseconds: time + random.pick([0, 0, 0, -1, 1]))
  }

  mutating func window() -> Window {
    switch random.integer(0...9) {
    case 0, 1: return .last(span())
    case 2: return .range(since: timeLiteral(), before: nil)
    case 3: return .range(since: nil, before: timeLiteral())
    case 4: return boundedRange()
    case 5, 6: return .on(date(of: someInstant()))
    case 7:
      let pair = Set([span(), span(), .days(20)]).sorted()
      guard pair.count > 1 else { return .last(pair[0]) }
      return .ago(from: pair[pair.count - 1], to: pair[0])
    case 8:
      return .lastCalendar(
        count: random.integer(1...3), random.pick(CalendarUnit.allCases))
    default: return .this(random.pick(CalendarUnit.allCases))
    }
  }

  /// Bounds in order in every zone: two local ones, or two instants.
  private mutating func boundedRange() -> Window {
    let isLocal = random.chance(0.5)
    let pair = [someInstant(), someInstant()].sorted()
    let end = Timestamp(milliseconds: max(pair[1].milliseconds, pair[0].milliseconds + 86_400_000))
    return isLocal
      ? .range(since: local(pair[0]), before: local(end))
      : .range(since: .instant(pair[0]), before: .instant(end))
  }

  private mutating func timeLiteral() -> TimeLiteral {
    switch random.integer(0...2) {
    case 0: .instant(someInstant())
    case 1: local(someInstant())
    default: .local(date(of: someInstant()), millisecondOfDay: 0)
    }
  }

  /// The UTC clock's reading taken as a local one, or a time within the hours of clock changes.
  private mutating func local(_ instant: Timestamp) -> TimeLiteral {
    let day: Int64 = 86_400_000
    let inDay = instant.milliseconds.quotientAndRemainder(flooring: day).remainder
    return .local(date(of: instant), millisecondOfDay: inDay / 60_000 * 60_000)
  }

  private func date(of instant: Timestamp) -> CivilDate {
    let days = instant.milliseconds.quotientAndRemainder(flooring: 86_400_000).quotient
    return CivilDate(daysSinceEpoch: Int(days))
  }
}
