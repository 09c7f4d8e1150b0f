import MartletModel

// What stands between `[` and `]`, and the tests it shares with traits.
extension Parser {
  mutating func properties() throws(ParseError) -> PropertyExpression {
    var operands = [try propertyTerm()]
    while accept(.or) { operands.append(try propertyTerm()) }
    return .disjunction(of: operands)
  }

  private mutating func propertyTerm() throws(ParseError) -> PropertyExpression {
    var operands = [try propertyFactor()]
    while accept(.and) { operands.append(try propertyFactor()) }
    return .conjunction(of: operands)
  }

  private mutating func propertyFactor() throws(ParseError) -> PropertyExpression {
    if token.keyword == .not {
      advance()
      return .not(try nested { parser throws(ParseError) in try parser.propertyFactor() })
    }
    if token.isSymbol(.openParenthesis) {
      advance()
      let inner = try nested { parser throws(ParseError) in try parser.properties() }
      try expect(.closeParenthesis)
      return inner
    }
    try countNode()
    let name = try path(.property)
    return .test(name, try test(of: name))
  }

  mutating func test(of name: Text) throws(ParseError) -> ValueTest {
    if let comparison = acceptComparison() {
      return .compare(comparison, try value())
    }
    if accept(.in) { return .isIn(try values()) }
    if token.keyword == .not {
      advance()
      try expect(.in, hint: "to negate another test write `not` before the property")
      return .isNotIn(try values())
    }
    tried("`not in`")
    if accept(.between) {
      let low = try value()
      try expect(.and)
      return .between(low, try value())
    }
    if accept(.contains) {
      guard case .quoted(let text) = token.kind else {
        tried("text in quotes")
        throw failure(hint: unquotedHint())
      }
      advance()
      return .contains(text)
    }
    if accept(.exists) { return .exists }
    if token.keyword == .is {
      advance()
      if token.keyword == .not {
        throw failure(
          problem: "there is no `is not`",
          hint: "write `\(Identifier.spellPath(name)) exists` or `!=`")
      }
      try expect(.missing, hint: "equality is written `=`")
      return .isMissing
    }
    tried("`is missing`", words: ["is"])
    let likeWords = ["like", "ilike", "matches", "includes", "has", "startswith"]
    let isLike = likeWords.contains(asciiLowercased(text(of: token)))
    throw failure(hint: isLike ? "a part of a text is found by `contains \"part\"`" : nil)
  }

  /// `(value, value, …)`
  private mutating func values() throws(ParseError) -> [Literal] {
    try expect(.openParenthesis, hint: "several values stand in parentheses: `in (1, 2)`")
    var values = [try value()]
    while accept(.comma) { values.append(try value()) }
    try expect(.closeParenthesis)
    return values
  }

  private mutating func value() throws(ParseError) -> Literal {
    try countNode()
    let literal: Literal
    switch token.kind {
    case .quoted(let text): literal = .text(text)
    case .number(let number): literal = .number(number)
    case .word(.true): literal = .boolean(true)
    case .word(.false): literal = .boolean(false)
    default:
      tried("a value (text in quotes, a number, `true` or `false`)", words: ["true", "false"])
      throw failure(hint: unquotedHint())
    }
    advance()
    return literal
  }

  /// What was probably meant by something that is no value.
  private func unquotedHint() -> String? {
    switch token.kind {
    case .word:
      let word = asciiLowercased(text(of: token))
      if word == "null" || word == "nil" || word == "none" || token.keyword == .missing {
        return "ask for a missing value with `is missing`"
      }
      return "text stands in quotes: \"\(text(of: token))\""
    case .number, .time:
      return "text stands in quotes: \"\(text(of: token))\""
    default:
      return nil
    }
  }
}
