import MartletModel

// expr, term, factor: the operators.
extension Parser {
  mutating func expression() throws(ParseError) -> SegmentExpression {
    var operands = [try term()]
    while accept(.or) { operands.append(try term()) }
    return .disjunction(of: operands)
  }

  private mutating func term() throws(ParseError) -> SegmentExpression {
    var operands = [try factor()]
    while accept(.and) { operands.append(try factor()) }
    return .conjunction(of: operands)
  }

  private mutating func factor() throws(ParseError) -> SegmentExpression {
    if token.keyword == .not {
      advance()
      return .not(try nested { parser throws(ParseError) in try parser.factor() })
    }
    guard token.isSymbol(.openParenthesis) else {
      try countNode()
      return try predicate()
    }
    advance()
    let inner = try nested { parser throws(ParseError) in try parser.expression() }
    try expect(.closeParenthesis)
    return inner
  }
}
