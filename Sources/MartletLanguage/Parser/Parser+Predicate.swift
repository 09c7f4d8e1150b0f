import MartletModel

extension Parser {
  mutating func predicate() throws(ParseError) -> SegmentExpression {
    let opensCall = peek().isSymbol(.openParenthesis)
    switch token.keyword {
    case .everyone:
      advance()
      return .everyone
    case .in:
      return try saved()
    case .user:
      advance()
      try expect(.dot, hint: "a trait is written `user.plan`")
      let name = try path(.trait)
      return .trait(name, try test(of: name))
    case .did:
      return try did()
    case .first where opensCall, .last where opensCall:
      return try occurrencePredicate()
    case .count where opensCall, .days where opensCall, .sum where opensCall,
      .avg where opensCall, .min where opensCall, .max where opensCall, .distinct where opensCall:
      return try comparison()
    case .any:
      return try relation(from: .any(try selection()))
    case let keyword?:
      guard keyword.canNameEvent, !opensCall else { throw noPredicate() }
      return try relation(from: .any(try selection()))
    case nil:
      return try predicateFromName()
    }
  }

  private mutating func predicateFromName() throws(ParseError) -> SegmentExpression {
    switch token.kind {
    case .quoted:
      return try relation(from: .any(try selection()))
    case .word:
      if peek().isSymbol(.openParenthesis) {
        let words = (Keyword.measures + [.first, .last, .not]).map(\.rawValue)
        let hint =
          Suggestions.nearest(to: text(of: token), in: words).map { "did you mean `\($0)`?" }
          ?? "the measures are \(Keyword.measures.map(\.rawValue).joined(separator: ", "))"
        throw failure(problem: "there is no measure `\(text(of: token))`", hint: hint)
      }
      return try relation(from: .any(try selection()))
    case .number:
      throw failure(
        problem: "a comparison starts with the measure",
        hint: "write `count(A) >= 3`, not `3 <= count(A)`")
    default:
      throw noPredicate()
    }
  }

  private mutating func noPredicate() -> ParseError {
    tried(
      "a condition such as `did A` or `count(A) >= 3`",
      words: Keyword.predicateStarts.map(\.rawValue))
    let hint: String? =
      switch token.keyword {
      case .then, .without, .within, .since, .before, .on, .between:
        "which event? All are `any`"
      case .true: "all users are `everyone`"
      case .false: "no user at all is `not everyone`"
      case let keyword? where !(keyword == .and || keyword == .or): quotingHint()
      default: nil
      }
    return failure(hint: hint)
  }

  private mutating func saved() throws(ParseError) -> SegmentExpression {
    advance()
    let place = token
    if token.keyword == .last || token.keyword == .this, peek().kind != .end {
      throw failure(
        at: previous.range.lowerBound..<token.range.upperBound,
        problem: "a window needs an event before it",
        hint: "write `did any in \(text(of: token)) …`")
    }
    tried("the name of a saved segment")
    let name = try name()
    note(name, .savedSegment, place.range)
    return .saved(name)
  }

  // MARK: did

  private mutating func did() throws(ParseError) -> SegmentExpression {
    advance()
    if peek().isSymbol(.openParenthesis), let keyword = token.keyword, keyword.canNameEvent {
      let isMeasure = Keyword.measures.contains(keyword)
      throw failure(
        problem: "`did` is followed by an event",
        hint: "write `\(keyword)(A) \(isMeasure ? ">= 3" : "in last 30 days")` without `did`")
    }
    let selection = try selection()
    guard accept(.within) else { return .did(selection) }
    let span = try duration()
    let side: SegmentExpression.Side
    if accept(.after) {
      side = .after
    } else if accept(.before) {
      side = .before
    } else {
      throw failure(hint: "for a window write `did A in last \(span)`")
    }
    guard let occurrence = try occurrenceIfAny() else {
      throw failure(hint: "which one? Write `first(A)` or `last(A)`")
    }
    return .around(selection, within: span, side: side, of: occurrence)
  }

  /// `first(A)` or `last(A)`, or nil where neither stands here.
  private mutating func occurrenceIfAny() throws(ParseError) -> Occurrence? {
    let position: Occurrence.Position
    if accept(.first) {
      position = .first
    } else if accept(.last) {
      position = .last
    } else {
      return nil
    }
    try expect(.openParenthesis)
    let selection = try selection()
    try expect(.closeParenthesis)
    return Occurrence(position, selection)
  }

  // MARK: first, last, then, without

  private mutating func occurrencePredicate() throws(ParseError) -> SegmentExpression {
    guard let occurrence = try occurrenceIfAny() else { throw failure() }
    if let window = try windowIfAny() { return .occurrence(occurrence, window) }
    return try relation(from: .occurrence(occurrence))
  }

  private mutating func relation(from anchor: Anchor) throws(ParseError) -> SegmentExpression {
    if accept(.without) {
      let absent = try selection()
      let same = try sameIfAny()
      return .absence(anchor, without: absent, same: same, within: try withinDuration())
    }
    var steps: [Selection] = []
    while accept(.then) {
      try countNode()
      steps.append(try selection())
    }
    guard !steps.isEmpty else { throw noRelation(from: anchor) }
    let same = try sameIfAny()
    return .sequence(anchor, then: steps, same: same, within: try withinDuration())
  }

  /// An event, or `first(…)`, that nothing is asked of.
  private func noRelation(from anchor: Anchor) -> ParseError {
    guard case .any(let selection) = anchor else { return failure() }
    let start = previous
    if case .word(nil) = start.kind, case .named(let name) = selection.event,
      text(of: start) == name.string,
      let word = Suggestions.nearest(
        to: name.string, in: Keyword.predicateStarts.map(\.rawValue))
    {
      return failure(
        at: start.range, problem: "`\(name)` does not start a condition",
        hint: "did you mean `\(word)`?")
    }
    return failure(guess: "to ask who did it, write `did \(selection.event)`")
  }

  private mutating func sameIfAny() throws(ParseError) -> Text? {
    guard accept(.same) else { return nil }
    return try path(.property)
  }

  private mutating func withinDuration() throws(ParseError) -> TimeSpan {
    try expect(.within)
    return try duration()
  }
}
