/// What the `type` key of a line says, in the vocabulary of the trackers.
enum CallType: UInt8, CaseIterable {
  /// `track`, no `type`, or a property that happens to have this name.
  case event
  /// `identify`: sets traits.
  case identify
  /// Says that an anonymous id is a user's.
  case alias
  /// Says that two users are one.
  case merge
  // Calls that are neither events nor traits.
  case group
  case page
  case screen

  /// Words and kinds; each word has at most eight bytes.
  private static let packedWords = allCases.map { (word: Swar.packed($0.word), call: $0) }

  /// The kind of call with that word, as `ByteWindow.packed` gives it.
  init?(packed word: UInt64) {
    guard let found = CallType.packedWords.first(where: { $0.word == word }) else { return nil }
    self = found.call
  }

  var word: StaticString {
    switch self {
    case .event: "track"
    case .identify: "identify"
    case .alias: "alias"
    case .merge: "merge"
    case .group: "group"
    case .page: "page"
    case .screen: "screen"
    }
  }
}
