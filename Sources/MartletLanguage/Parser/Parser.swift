import MartletModel

/// A recursive-descent parser over the tokens of one source; grammar in `formats/language.md`.
///
/// What could have stood at the current token is collected while it is tried, so that an error
/// lists exactly that.
struct Parser {
  let source: String
  private let tokens: [Token]
  private(set) var position = 0
  private var expectations: [Expectation] = []
  private var depth = 0
  private var nodeCount = 0
  private(set) var occurrences: [ParsedExpression.NameOccurrence] = []

  /// Something that was tried at the current token.
  enum Expectation: Hashable {
    case keyword(Keyword)
    case symbol(Symbol)
    /// How an error calls it, and the words that belong to it.
    case other(String, words: [String])

    /// How an error calls it.
    var label: String {
      switch self {
      case .keyword(let keyword): "`\(keyword.rawValue)`"
      case .symbol(let symbol): "`\(symbol.rawValue)`"
      case .other(let label, _): label
      }
    }

    /// What the current token may be a misspelling of.
    var words: [String] {
      switch self {
      case .keyword(let keyword): [keyword.rawValue]
      case .symbol: []
      case .other(_, let words): words
      }
    }
  }

  private init(_ source: String) {
    self.source = source
    tokens = Lexer.tokens(of: source)
  }

  static func parse(_ source: String) throws(ParseError) -> ParsedExpression {
    guard source.utf8.count <= LanguageLimits.sourceByteCount else {
      throw ParseError(
        source: "", range: 0..<0,
        problem: "an expression has at most \(LanguageLimits.sourceByteCount) bytes, this one "
          + "\(source.utf8.count)")
    }
    var parser = Parser(source)
    if parser.token.kind == .end {
      throw parser.failure(
        problem: "the expression is empty",
        hint: "all users are `everyone`; those who did something are `did Purchase`")
    }
    let expression = try parser.expression()
    try parser.expectEnd()
    if let defect = expression.structuralDefect() {
      throw ParseError(
        source: source, range: 0..<source.utf8.count, problem: defect.problem, hint: defect.hint)
    }
    return ParsedExpression(
      source: source, expression: expression, occurrences: parser.occurrences)
  }
}

// MARK: - Tokens

extension Parser {
  var token: Token { tokens[position] }

  /// A token further on; the end where there is none.
  func peek(_ offset: Int = 1) -> Token { tokens[min(position + offset, tokens.count - 1)] }

  /// The token before the current one.
  var previous: Token { tokens[max(0, position - 1)] }

  func text(of token: Token) -> String { source.bytes(in: token.range) }

  mutating func advance() {
    if position < tokens.count - 1 { position += 1 }
    expectations = []
  }

  mutating func tried(_ label: String, words: [String] = []) {
    tried(.other(label, words: words))
  }

  mutating func tried(_ expectation: Expectation) {
    if !expectations.contains(expectation) { expectations.append(expectation) }
  }

  /// Takes the keyword where it stands here.
  mutating func accept(_ keyword: Keyword) -> Bool {
    guard token.keyword == keyword else {
      tried(.keyword(keyword))
      return false
    }
    advance()
    return true
  }

  mutating func accept(_ symbol: Symbol) -> Bool {
    guard token.isSymbol(symbol) else {
      tried(.symbol(symbol))
      return false
    }
    advance()
    return true
  }

  mutating func expect(_ keyword: Keyword, hint: String? = nil) throws(ParseError) {
    guard accept(keyword) else { throw failure(hint: hint) }
  }

  mutating func expect(_ symbol: Symbol, hint: String? = nil) throws(ParseError) {
    guard accept(symbol) else { throw failure(hint: hint) }
  }

  private mutating func expectEnd() throws(ParseError) {
    if token.kind == .end { return }
    if token.isSymbol(.closeParenthesis) {
      throw failure(problem: "this `)` closes nothing")
    }
    tried("the end")
    throw failure(hint: trailingHint())
  }

  mutating func note(_ name: Text, _ role: ParsedExpression.Role, _ range: Range<Int>) {
    occurrences.append(.init(name: name, role: role, range: range))
  }

  /// Runs a part of the grammar that may hold itself, one level deeper.
  mutating func nested<Result>(
    _ body: (inout Parser) throws(ParseError) -> Result
  ) throws(ParseError) -> Result {
    depth += 1
    guard depth <= LanguageLimits.nestingDepth else {
      throw failure(
        problem: "an expression nests at most \(LanguageLimits.nestingDepth) levels deep")
    }
    let result = try body(&self)
    depth -= 1
    return result
  }

  /// Counts one node of the tree.
  mutating func countNode() throws(ParseError) {
    nodeCount += 1
    guard nodeCount <= LanguageLimits.nodeCount else {
      throw failure(problem: "an expression has at most \(LanguageLimits.nodeCount) parts")
    }
  }
}

// MARK: - Errors

extension Parser {
  /// The error that the current token is none of what was tried here.
  ///
  /// A hint that is certain is given; a likely misspelling comes before a hint that is a `guess`.
  func failure(hint: String? = nil, guess: String? = nil) -> ParseError {
    if case .invalid(let defect) = token.kind {
      return failure(problem: defect.problem, hint: defect.hint)
    }
    var labels: [String] = []
    for expectation in expectations where !labels.contains(expectation.label) {
      labels.append(expectation.label)
    }
    return ParseError(
      source: source, range: token.range, expected: labels,
      hint: hint ?? spellingHint() ?? severalWordsHint() ?? guess)
  }

  func failure(problem: String, hint: String? = nil) -> ParseError {
    ParseError(source: source, range: token.range, problem: problem, hint: hint)
  }

  func failure(at range: Range<Int>, problem: String, hint: String? = nil) -> ParseError {
    ParseError(source: source, range: range, problem: problem, hint: hint)
  }

  func failure(at range: Range<Int>, _ defect: Defect) -> ParseError {
    failure(at: range, problem: defect.problem, hint: defect.hint)
  }

  /// The word among those tried here that the current one is likely a misspelling of.
  private func spellingHint() -> String? {
    guard token.kind == .word(nil) else { return nil }
    let words = expectations.flatMap(\.words)
    return Suggestions.nearest(to: text(of: token), in: words).map { "did you mean `\($0)`?" }
  }

  /// Two bare words where one name can stand: `did Sign Up`.
  private func severalWordsHint() -> String? {
    guard token.kind == .word(nil), position > 0, previous.kind == .word(nil) else { return nil }
    let name = Text("\(text(of: previous)) \(text(of: token))")
    return "a name of several words is written \(QuotedText.quote(name))"
  }

  /// What was probably meant by something that follows a whole expression.
  private func trailingHint() -> String? {
    switch token.keyword {
    case .then, .without: "a sequence has no `did`: write `A then B within 7 days`"
    case .same: "`same` stands before `within`"
    case .in, .since, .before, .on, .between:
      "a window stands inside the measure: `count(A in last 30 days) >= 3`"
    case .within: "for a rolling window write `count(A) >= 3 within any 30 days`"
    case let keyword? where Keyword.predicateStarts.contains(keyword):
      "join conditions with `and` or `or`"
    default: nil
    }
  }
}
