import MartletLanguage
import MartletModel

/// A small deterministic generator (Vigna's SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Makes trees that use every form, with names and values that are hard to write.
struct RandomExpressions {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  private mutating func pick<Element>(_ items: [Element]) -> Element {
    items[Int.random(in: items.indices, using: &random)]
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  mutating func expression(depth: Int = 4) -> SegmentExpression {
    if depth > 0, chance(60) {
      switch Int.random(in: 0..<3, using: &random) {
      case 0: return .not(expression(depth: depth - 1))
      case 1: return .conjunction(of: (0..<2).map { _ in expression(depth: depth - 1) })
      default: return .disjunction(of: (0..<3).map { _ in expression(depth: depth - 1) })
      }
    }
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return .everyone
    case 1: return .saved(name())
    case 2: return .trait(path(), test())
    case 3: return .did(selection())
    case 4:
      return .around(
        selection(), within: span(), side: pick([.after, .before]), of: occurrence())
    case 5:
      return .comparison(
        measure(), pick(ComparisonOperator.allCases),
        chance(60) ? .number(number()) : .measure(measure()))
    case 6:
      return .rolling(selection(), pick([.greaterOrEqual, .greater]), number(), within: span())
    case 7: return .occurrence(occurrence(), window())
    case 8:
      let steps = (0..<Int.random(in: 1...3, using: &random)).map { _ in selection() }
      return .sequence(anchor(), then: steps, same: chance(50) ? path() : nil, within: span())
    default:
      return .absence(
        anchor(), without: selection(), same: chance(50) ? path() : nil, within: span())
    }
  }

  private mutating func name() -> Text {
    pick([
      "Purchase", "Sign Up", "last", "any", "not", "days", "d", "a\"b", "back\\slash", "", "été",
      "e\u{301}", "🍮",
      "3D", "tab\there", "\u{1}", "a-b", "$pageview", "a.b", "Ünï", "within", "T",
      "true", "漢字", "line\nbreak", "_", "--", "COUNT", "２",
    ])
  }

  private mutating func path() -> Text {
    chance(30) ? Text("\(name()).\(name())") : name()
  }

  private mutating func number() -> Number {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return Number(Int64.random(in: -20...20, using: &random))
    case 1: return Number(Int64.random(in: .min ... .max, using: &random))
    case 2:
      return Number(significand: Int128(Int64.random(in: -999...999, using: &random)), exponent: -2)
    case 3: return Number(significand: 7, exponent: pick([-400, -41, -40, 19, 38, 39, 400]))
    case 4:
      return Number(significand: 99_999_999_999_999_999_999_999_999_999_999_999_999, exponent: -3)
    default: return 0
    }
  }

  private mutating func literal() -> Literal {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: .boolean(chance(50))
    case 1: .number(number())
    default: .text(name())
    }
  }

  private mutating func test() -> ValueTest {
    switch Int.random(in: 0..<7, using: &random) {
    case 0: .isIn((0..<2).map { _ in literal() })
    case 1: .isNotIn([literal()])
    case 2: .between(literal(), literal())
    case 3: .contains(name())
    case 4: .exists
    case 5: .isMissing
    default: .compare(pick(ComparisonOperator.allCases), literal())
    }
  }

  private mutating func filter(depth: Int = 2) -> PropertyExpression {
    if depth > 0, chance(40) {
      switch Int.random(in: 0..<3, using: &random) {
      case 0: return .not(filter(depth: depth - 1))
      case 1: return .conjunction(of: (0..<2).map { _ in filter(depth: depth - 1) })
      default: return .disjunction(of: (0..<2).map { _ in filter(depth: depth - 1) })
      }
    }
    return .test(path(), test())
  }

  private mutating func selection() -> Selection {
    Selection(
      chance(20) ? .any : .named(name()), filter: chance(40) ? filter() : nil,
      window: chance(40) ? window() : nil)
  }

  private mutating func occurrence() -> Occurrence {
    Occurrence(pick([.first, .last]), selection())
  }

  private mutating func anchor() -> Anchor {
    chance(50) ? .any(selection()) : .occurrence(occurrence())
  }

  private mutating func measure() -> Measure {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: .count(selection())
    case 1: .days(selection())
    default: .aggregate(pick(Aggregation.allCases), selection(), property: path())
    }
  }

  private mutating func span() -> TimeSpan {
    pick([
      .days(1), .days(7), .hours(36), .minutes(90), .seconds(5), TimeSpan(milliseconds: 1),
      TimeSpan(milliseconds: Int64.random(in: 1...LanguageLimits.spanMilliseconds, using: &random)),
    ])
  }

  private mutating func time(_ year: Int) -> TimeLiteral {
    let clock: Int64 = pick([0, 32_400_000, 1000, 1, 86_399_999])
    guard let date = CivilDate(year: year, month: 2, day: Int.random(in: 1...28, using: &random))
    else { preconditionFailure("February has 28 days") }
    if chance(50) { return .local(date, millisecondOfDay: clock) }
    return .instant(
      Timestamp(milliseconds: Int64(date.daysSinceEpoch) * 86_400_000 + clock))
  }

  private mutating func window() -> Window {
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return .range(since: time(2024), before: nil)
    case 1: return .range(since: time(1), before: time(9999))
    case 2: return .range(since: nil, before: time(1969))
    case 3:
      return .on(CivilDate(daysSinceEpoch: Int.random(in: -700_000...2_000_000, using: &random)))
    case 4:
      let near = chance(20) ? TimeSpan(milliseconds: 0) : span()
      let far = TimeSpan(
        milliseconds: min(
          near.milliseconds + span().milliseconds, LanguageLimits.spanMilliseconds))
      return far > near ? .ago(from: far, to: near) : .last(far)
    case 5:
      return .lastCalendar(
        count: Int.random(in: 1...400, using: &random), pick(CalendarUnit.allCases))
    case 6: return .this(pick(CalendarUnit.allCases))
    default: return .last(span())
    }
  }
}
