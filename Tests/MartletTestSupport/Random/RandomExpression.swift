public import MartletLanguage
public import MartletModel

/// Draws segment expressions of every form, with names, values and times of a given history, so
/// that answers are seldom trivial.
public struct RandomExpression: Sendable {
  var random: SplitMix64
  /// Saved segments that expressions may refer to.
  public var savedNames: [Text] = []
  let times: [Timestamp]

  /// - Precondition: there are rows.
  public init(about rows: [ArrivalRow], seed: UInt64) {
    random = SplitMix64(seed: seed)
    times = rows.map(\.timestamp).sorted()
    precondition(!times.isEmpty, "questions are about rows")
  }

  /// An expression with at most `depth` levels of `and`, `or`, `not`.
  public mutating func next(depth: Int) -> SegmentExpression {
    guard depth > 0, random.chance(0.55) else { return predicate() }
    switch random.integer(0...4) {
    case 0: return .not(next(depth: depth - 1))
    case 1, 2: return .conjunction(of: operands(depth: depth - 1))
    default: return .disjunction(of: operands(depth: depth - 1))
    }
  }

  private mutating func operands(depth: Int) -> [SegmentExpression] {
    (0..<random.pick([2, 2, 2, 3])).map { _ in next(depth: depth) }
  }

  private mutating func predicate() -> SegmentExpression {
    switch random.integer(0...20) {
    case 0: return savedNames.isEmpty ? .everyone : .saved(random.pick(savedNames))
    case 1: return random.chance(0.3) ? .everyone : .did(selection())
    case 2, 3:
      let name = random.pick(Vocabulary.traits)
      return .trait(name, test(of: name))
    case 4, 5: return .did(selection())
    case 6, 7:
      return .around(
        selection(), within: span(), side: random.chance(0.5) ? .after : .before, of: occurrence())
    case 8, 9, 10: return comparison()
    case 11, 12:
      return .rolling(
        selection(), random.pick([.greaterOrEqual, .greater]), count(), within: span())
    case 13, 14: return .occurrence(occurrence(), window())
    case 15, 16, 17:
      let steps = (0..<random.pick([1, 1, 1, 2, 3])).map { _ in selection() }
      return .sequence(anchor(), then: steps, same: sameProperty(), within: span())
    default:
      return .absence(anchor(), without: selection(), same: sameProperty(), within: span())
    }
  }

  private mutating func comparison() -> SegmentExpression {
    let left = measure()
    let right: Operand
    if random.chance(0.3) {
      right = .measure(measure())
    } else {
      switch left {
      case .count, .days, .aggregate(.distinct, _, _): right = .number(count())
      default: right = .number(random.pick(RandomValues.numbers))
      }
    }
    return .comparison(left, random.pick(ComparisonOperator.allCases), right)
  }

  private mutating func measure() -> Measure {
    switch random.integer(0...6) {
    case 0, 1: return .count(selection())
    case 2: return .days(selection())
    default:
      return .aggregate(
        random.pick(Aggregation.allCases), selection(), property: property())
    }
  }

  /// Mostly small and whole; sometimes between two whole numbers, or negative.
  private mutating func count() -> Number {
    switch random.integer(0...9) {
    case 0: Number(significand: 25, exponent: -1)
    case 1: Number(significand: -5, exponent: -1)
    default: Number(Int64(random.integer(0...5)))
    }
  }

  private mutating func sameProperty() -> Text? {
    random.chance(0.3) ? random.pick(["plan", "in", "tags", "mixed", "flag"]) : nil
  }

  private mutating func property() -> Text {
    random.chance(0.4) ? "amount" : random.pick(Vocabulary.properties)
  }

  private mutating func anchor() -> Anchor {
    random.chance(0.6) ? .any(selection()) : .occurrence(occurrence())
  }

  private mutating func occurrence() -> Occurrence {
    Occurrence(random.chance(0.5) ? .first : .last, selection())
  }

  private mutating func selection() -> Selection {
    let event: EventName =
      random.chance(0.2) ? .any : .named(RandomValues.eventType(&random))
    return Selection(
      event, filter: random.chance(0.25) ? filter(depth: 2) : nil,
      window: random.chance(0.2) ? window() : nil)
  }

  private mutating func filter(depth: Int) -> PropertyExpression {
    guard depth > 0, random.chance(0.35) else {
      let name = random.pick(Vocabulary.properties)
      return .test(name, test(of: name))
    }
    switch random.integer(0...2) {
    case 0: return .not(filter(depth: depth - 1))
    case 1: return .conjunction(of: [filter(depth: depth - 1), filter(depth: depth - 1)])
    default: return .disjunction(of: [filter(depth: depth - 1), filter(depth: depth - 1)])
    }
  }
}
