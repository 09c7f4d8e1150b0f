/// A word of the language, whatever its case.
enum Keyword: String, Hashable, CaseIterable {
  case and, or, not
  case everyone, user, did, any
  case `in`, last, since, before, on, between, ago, this, calendar
  case count, days, sum, avg, min, max, distinct
  case first, then, without, same, within, after
  case contains, exists, `is`, missing
  case `true`, `false`

  private static let byWord = Dictionary(
    uniqueKeysWithValues: Keyword.allCases.map { ($0.rawValue, $0) })

  /// The keyword that a word spells, ASCII letters of either case.
  init?(word: String) {
    guard let keyword = Keyword.byWord[asciiLowercased(word)] else { return nil }
    self = keyword
  }

  /// Words that are also accepted unquoted as an event type where no `(` follows: each stands for
  /// something else only before a `(`, after a number or after `in`, where no event type can stand.
  var canNameEvent: Bool {
    switch self {
    case .count, .days, .sum, .avg, .min, .max, .distinct, .first, .last, .ago, .this, .calendar:
      true
    default: false
    }
  }

  /// Words that are also accepted unquoted as a property's first word: all but those that may stand
  /// before a property's name or open a test of it.
  var canNameProperty: Bool {
    switch self {
    case .and, .or, .not, .in, .between, .contains, .exists, .is, .within, .true, .false: false
    default: true
    }
  }

  /// The measure's words, each followed by `(`.
  static let measures: [Keyword] = [.count, .days, .sum, .avg, .min, .max, .distinct]
  /// The words that a predicate can start with.
  static let predicateStarts: [Keyword] =
    [.did, .not, .everyone, .in, .user, .any, .first, .last] + measures
  /// The words that a window can start with.
  static let windowStarts: [Keyword] = [.in, .since, .before, .on, .between]
}

func asciiLowercased(_ word: String) -> String {
  String(decoding: word.utf8.map { $0 >= 65 && $0 <= 90 ? $0 | 0x20 : $0 }, as: UTF8.self)
}
