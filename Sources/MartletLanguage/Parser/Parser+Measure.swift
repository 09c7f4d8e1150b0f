import MartletModel

extension Parser {
  mutating func comparison() throws(ParseError) -> SegmentExpression {
    let start = token.range.lowerBound
    let measure = try measure()
    guard let comparison = acceptComparison() else {
      throw failure(hint: measureHint())
    }
    let comparisonToken = previous
    let operand = try operand()
    let end = previous.range.upperBound
    guard token.keyword == .within else {
      return .comparison(measure, comparison, operand)
    }
    advance()
    try expect(.any, hint: rollingHint(measure))
    let span = try duration()
    guard case .count(let selection) = measure, case .number(let number) = operand else {
      throw failure(
        at: start..<end, problem: "only `count` against a number can be asked within any duration",
        hint: "write `count(A) >= 3 within any 30 days`")
    }
    guard comparison == .greaterOrEqual || comparison == .greater else {
      throw failure(
        at: comparisonToken.range,
        problem: "`within any` takes `>=` or `>`",
        hint: "\"never so many\" is `not (count(A) >= 3 within any 30 days)`")
    }
    return .rolling(selection, comparison, number, within: span)
  }

  private func measureHint() -> String? {
    switch token.keyword {
    case .in, .since, .before, .on, .between:
      return "a window stands inside the measure: `count(A in last 30 days) >= 3`"
    case .within: return "write `count(A) >= 3 within any 30 days`"
    default: return nil
    }
  }

  private func rollingHint(_ measure: Measure) -> String {
    if case .number = token.kind, case .count = measure {
      return "the latest 30 days are `count(A in last 30 days)`, any 30 are `within any 30 days`"
    }
    return "write `count(A) >= 3 within any 30 days`"
  }

  /// The comparison operator that stands here, taken; else nil.
  mutating func acceptComparison() -> ComparisonOperator? {
    if case .symbol(let symbol) = token.kind,
      let comparison = ComparisonOperator(rawValue: symbol.rawValue)
    {
      advance()
      return comparison
    }
    tried("a comparison such as `>=`")
    return nil
  }

  private mutating func operand() throws(ParseError) -> Operand {
    if case .number(let number) = token.kind {
      advance()
      return .number(number)
    }
    tried("a number")
    if let keyword = token.keyword, Keyword.measures.contains(keyword),
      peek().isSymbol(.openParenthesis)
    {
      try countNode()
      return .measure(try measure())
    }
    tried("a measure", words: Keyword.measures.map(\.rawValue))
    throw failure()
  }

  private mutating func measure() throws(ParseError) -> Measure {
    let word = token
    advance()
    try expect(.openParenthesis)
    switch word.keyword {
    case .count, .days:
      let selection = try selection()
      if token.isSymbol(.dot) {
        throw failure(
          problem: "`\(text(of: word))` takes no property",
          hint: "different values of a property are `distinct(A.property)`")
      }
      try expect(.closeParenthesis)
      return word.keyword == .count ? .count(selection) : .days(selection)
    default:
      guard let aggregation = Aggregation(rawValue: word.keyword?.rawValue ?? "") else {
        preconditionFailure("a measure's word is one of `Keyword.measures`")
      }
      var selection = try selection(withWindow: false)
      try expect(
        .dot, hint: "`\(aggregation)` takes a property: `\(aggregation)(A.amount)`")
      let property = try path(.property)
      selection.window = try windowIfAny()
      try expect(.closeParenthesis)
      return .aggregate(aggregation, selection, property: property)
    }
  }
}
