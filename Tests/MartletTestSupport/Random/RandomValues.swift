import MartletModel

/// Values as properties and traits carry them, few enough to repeat.
enum RandomValues {
  static let numbers: [Number] = [
    0, 1, 2, 3, 5, 10, -5, 100, Number(significand: 1, exponent: -1),
    Number(significand: 2, exponent: -1), Number(significand: 3, exponent: -1),
    Number(significand: 30_000_000_000_000_004, exponent: -17),
    Number(significand: 10_495, exponent: -2), Number(significand: -25, exponent: -1),
    Number(significand: 1, exponent: -7), 9_007_199_254_740_993, 9_007_199_254_740_992,
    Number(.max), Number(.min),
    Number(significand: 12_345_678_901_234_567_890_123, exponent: -3),
    Number(significand: 5, exponent: -324),
  ]
  static let texts: [Text] = [
    "", "ios", "android", "spring", "spring ", "Spring", "1", "true", "\u{E9}", "e\u{301}",
    "🍮", "a\"b\\c", "z\u{10FFFF}", "\u{FFFD}",
  ]

  /// The first types are the frequent ones.
  static func eventType(_ random: inout SplitMix64) -> Text {
    let frequent = random.chance(0.8)
    return random.pick(Array(Vocabulary.eventTypes.prefix(frequent ? 3 : .max)))
  }

  /// A value such as this property tends to have; now and then any other, null included.
  static func value(of name: Text, _ random: inout SplitMix64) -> Value {
    if random.chance(0.06) { return .null }
    if random.chance(0.06) { return mixed(&random) }
    switch name {
    case "amount", "nps": return .number(random.pick(numbers))
    case "flag": return .boolean(random.chance(0.5))
    case "mixed": return mixed(&random)
    case "tags": return list(&random)
    case "in": return .number(Number(Int64(random.integer(0...3))))
    default: return .text(random.pick(Array(texts.prefix(5))))
    }
  }

  static func scalar(_ random: inout SplitMix64) -> Value {
    switch random.integer(0...4) {
    case 0, 1: .number(random.pick(numbers))
    case 2, 3: .text(random.pick(texts))
    default: .boolean(random.chance(0.5))
    }
  }

  private static func mixed(_ random: inout SplitMix64) -> Value {
    random.chance(0.2) ? list(&random) : scalar(&random)
  }

  private static func list(_ random: inout SplitMix64) -> Value {
    .list(
      (0..<random.integer(0...3)).map { _ in
        random.chance(0.3) ? scalar(&random) : .number(Number(Int64(random.integer(1...3))))
      })
  }
}
