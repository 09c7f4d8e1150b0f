import MartletModel

/// The names that random histories and random questions share.
enum Vocabulary {
  /// Composed and decomposed forms are different ids.
  static let users: [Text] = [
    "u1", "u2", "42", "é", "e\u{301}", "🍮", "a\"b\\c", "U1", "user 7", "u10", "ünï-3",
    "b2217024-0000-4000-8000-00000000ab01",
  ]
  /// The first few are frequent. `any`, `and`, `first` are ordinary names when they are quoted.
  static let eventTypes: [Text] = [
    "Purchase", "Share", "Login", "Page View", "and", "first", "any", "a\"b", "caf\u{E9} 🍮",
    "cafe\u{301} 🍮",
  ]
  static let properties: [Text] = [
    "amount", "plan", "flag", "mixed", "tags", "a.b", "in", "na\u{EF}ve", "nai\u{308}ve",
  ]
  static let traits: [Text] = ["plan", "nps", "mixed", "tags", "last", "amount"]
  /// Zones with clock changes, half-hour changes, odd offsets and the farthest offset.
  static let zones = [
    "UTC", "Australia/Melbourne", "America/New_York", "Australia/Lord_Howe",
    "Pacific/Kiritimati", "Asia/Kathmandu",
  ]
  static let savedNames: [Text] = ["power users", "in", "caf\u{E9}"]
}
