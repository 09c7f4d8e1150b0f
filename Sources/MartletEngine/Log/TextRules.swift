/// Whether bytes are texts.
enum TextRules {
  /// Whether texts that lie one after the other are all valid UTF-8.
  /// - Parameter ends: where each ends; ascending, the last is the arena's.
  /// - Complexity: O(bytes).
  static func areTexts(_ arena: [UInt8], ends: [Int]) -> Bool {
    guard isText(arena.span) else { return false }
    // Together they are valid; each is by itself if none starts within a character.
    return ends.allSatisfy { $0 == arena.count || startsCharacter(arena[$0]) }
  }

  /// Whether bytes are valid UTF-8.
  /// - Complexity: O(bytes).
  static func isText(_ bytes: Span<UInt8>) -> Bool {
    do {
      _ = try UTF8Span(validating: bytes)
      return true
    } catch {
      return false
    }
  }

  /// Whether a byte of valid UTF-8 is a character's first.
  @inline(__always)
  static func startsCharacter(_ byte: UInt8) -> Bool { byte & 0xC0 != 0x80 }
}
