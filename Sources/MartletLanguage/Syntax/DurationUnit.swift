import MartletModel

/// A unit of durations, with all its words.
enum DurationUnit: CaseIterable {
  case millisecond, second, minute, hour, day, week

  var milliseconds: Int64 {
    switch self {
    case .millisecond: 1
    case .second: 1000
    case .minute: 60_000
    case .hour: 3_600_000
    case .day: 86_400_000
    case .week: 604_800_000
    }
  }

  var words: [String] {
    switch self {
    case .millisecond: ["ms", "millisecond", "milliseconds"]
    case .second: ["s", "sec", "secs", "second", "seconds"]
    case .minute: ["m", "min", "mins", "minute", "minutes"]
    case .hour: ["h", "hr", "hrs", "hour", "hours"]
    case .day: ["d", "day", "days"]
    case .week: ["w", "week", "weeks"]
    }
  }

  static let allWords = allCases.flatMap(\.words)

  private static let byWord = Dictionary(
    uniqueKeysWithValues: allCases.flatMap { unit in unit.words.map { ($0, unit) } })

  init?(word: String) {
    guard let unit = DurationUnit.byWord[asciiLowercased(word)] else { return nil }
    self = unit
  }

  /// The span of so many of the unit, or what is wrong with it.
  func span(_ count: Number, allowsZero: Bool) throws(Defect) -> TimeSpan {
    let (product, overflow) = count.significand.multipliedReportingOverflow(
      by: Int128(milliseconds))
    let exact = Number(significand: product, exponent: count.exponent)
    if count < 0 {
      throw Defect("a duration cannot be negative")
    }
    guard !overflow, exact <= Number(LanguageLimits.spanMilliseconds) else {
      throw Defect("a duration is at most \(LanguageLimits.longestSpan)")
    }
    guard let whole = exact.integer else {
      throw Defect("a duration is a whole number of milliseconds")
    }
    guard whole > 0 || allowsZero else {
      throw Defect("a duration of 0 holds no event", hint: "the shortest duration is `1 ms`")
    }
    return TimeSpan(milliseconds: whole)
  }
}
