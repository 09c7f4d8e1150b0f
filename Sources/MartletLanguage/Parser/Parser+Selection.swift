import MartletModel

extension Parser {
  /// `event [filter] [window]`
  mutating func selection(withWindow: Bool = true) throws(ParseError) -> Selection {
    let event = try event()
    var filter: PropertyExpression?
    if accept(.openBracket) {
      filter = try properties()
      try expect(.closeBracket)
    }
    return Selection(event, filter: filter, window: withWindow ? try windowIfAny() : nil)
  }

  private mutating func event() throws(ParseError) -> EventName {
    if token.keyword == .any {
      advance()
      return .any
    }
    tried("an event", words: ["any"])
    let place = token
    if let keyword = token.keyword, !keyword.canNameEvent || peek().isSymbol(.openParenthesis) {
      throw failure(hint: quotingHint() ?? "which event? All are `any`")
    }
    let name = try name(allowsKeyword: true)
    note(name, .eventType, place.range)
    return .named(name)
  }

  /// How a name that is a keyword is written; nil where a name is hardly meant.
  func quotingHint() -> String? {
    guard let keyword = token.keyword, !peek().isSymbol(.openParenthesis) else { return nil }
    switch keyword {
    case .in, .since, .before, .on, .between, .within, .and, .or, .not, .then, .without, .same,
      .did:
      return "which event? All are `any`; one that has this name is written "
        + "\"\(text(of: token))\""
    default:
      return "a name that is a word of the language is written \"\(text(of: token))\""
    }
  }

  /// A word or a quoted string.
  mutating func name(allowsKeyword: Bool = false) throws(ParseError) -> Text {
    let name: Text
    switch token.kind {
    case .quoted(let text):
      name = text
    case .word(let keyword) where keyword == nil || allowsKeyword:
      name = Text(text(of: token))
    case .word:
      throw failure(hint: "a name that is a word of the language is written \"\(text(of: token))\"")
    case .number where peek().range.lowerBound == token.range.upperBound:
      if case .word = peek().kind {
        let whole = source.bytes(in: token.range.lowerBound..<peek().range.upperBound)
        throw failure(hint: "a name that starts with a digit is written \"\(whole)\"")
      }
      throw failure()
    default:
      throw failure()
    }
    guard name.utf8.count <= Limits.nameByteCount else {
      throw failure(problem: "a name has at most \(Limits.nameByteCount) bytes")
    }
    advance()
    return name
  }

  /// A property's or a trait's name, its dotted path as one text.
  mutating func path(_ role: ParsedExpression.Role) throws(ParseError) -> Text {
    let start = token.range.lowerBound
    // After a dot no keyword can stand, so any word is a name there.
    let followsDot = previous.isSymbol(.dot) && position > 0
    tried(role == .trait ? "a trait" : "a property")
    let allowsKeyword = followsDot || token.keyword?.canNameProperty ?? false
    var words = [try name(allowsKeyword: allowsKeyword).string]
    while token.isSymbol(.dot) {
      advance()
      tried("a name")
      words.append(try name(allowsKeyword: true).string)
    }
    let path = Text(words.joined(separator: "."))
    guard path.utf8.count <= Limits.nameByteCount else {
      throw failure(
        at: start..<previous.range.upperBound,
        problem: "a name has at most \(Limits.nameByteCount) bytes")
    }
    note(path, role, start..<previous.range.upperBound)
    return path
  }
}
