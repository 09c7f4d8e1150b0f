import MartletModel

/// What a name may look like without quotes.
///
/// ASCII letters, digits, `_` and `$`, and beyond ASCII the characters that Unicode (UAX 31) allows
/// in identifiers; the first no digit and no mark.
enum Identifier {
  static func canStart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "_", "$": true
    default: !scalar.isASCII && scalar.properties.isXIDStart
    }
  }

  static func canContinue(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "$": true
    default: !scalar.isASCII && scalar.properties.isXIDContinue
    }
  }

  static func matches(_ word: some StringProtocol) -> Bool {
    guard let first = word.unicodeScalars.first, canStart(first) else { return false }
    return word.unicodeScalars.dropFirst().allSatisfy(canContinue)
  }

  /// The name bare where it reads back as itself anywhere, else in quotes.
  static func spell(_ name: Text) -> String {
    let isBare = matches(name.string) && Keyword(word: name.string) == nil
    return isBare ? name.string : QuotedText.quote(name)
  }

  /// The same for a property's or trait's dotted path.
  static func spellPath(_ path: Text) -> String {
    let words = path.string.split(separator: ".", omittingEmptySubsequences: false)
    let isBare = words.allSatisfy { matches($0) && Keyword(word: String($0)) == nil }
    return isBare ? path.string : QuotedText.quote(path)
  }
}
