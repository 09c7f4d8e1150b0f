import MartletModel

extension SegmentExpression {
  /// Checks what the parser and the JSON face guarantee, for a tree that was made otherwise:
  /// limits, numbers of operands, durations above 0, windows that can hold an event.
  ///
  /// - Throws: `ParseError` whose source is the expression's own text.
  /// - Complexity: O(nodes).
  public func validate() throws(ParseError) {
    if let defect = structuralDefect() {
      // A tree beyond the limits is not printed: it may nest without end.
      throw ParseError(source: "", range: 0..<0, problem: defect.problem, hint: defect.hint)
    }
    if let defect = firstDefect() {
      let text = description
      throw ParseError(
        source: text, range: 0..<text.utf8.count, problem: defect.problem, hint: defect.hint)
    }
  }

  /// Whether the tree exceeds the limits of depth or size.
  func structuralDefect() -> Defect? {
    var meter = TreeMeter()
    do throws(Defect) {
      try meter.measure(self, depth: 0)
      return nil
    } catch {
      return error
    }
  }

  /// What is wrong with the first node, if any, of a tree within the limits.
  private func firstDefect() -> Defect? {
    switch self {
    case .everyone: nil
    case .saved(let name): nameDefect(name)
    case .trait(let name, let test): nameDefect(name) ?? test.defect()
    case .did(let selection): selection.defect()
    case .around(let selection, let span, _, let occurrence):
      selection.defect() ?? span.defect() ?? occurrence.selection.defect()
    case .comparison(let measure, _, let operand):
      measure.defect() ?? operand.defect()
    case .rolling(let selection, let comparison, let number, let span):
      selection.defect() ?? number.defect() ?? span.defect()
        ?? (comparison == .greaterOrEqual || comparison == .greater
          ? nil : Defect("`within any` takes `>=` or `>`"))
    case .occurrence(let occurrence, let window):
      occurrence.selection.defect() ?? window.defect()
    case .sequence(let anchor, let steps, let same, let span):
      anchor.selection.defect() ?? steps.lazy.compactMap { $0.defect() }.first
        ?? same.flatMap(nameDefect) ?? span.defect()
        ?? (steps.isEmpty ? Defect("a sequence has at least two steps") : nil)
    case .absence(let anchor, let absent, let same, let span):
      anchor.selection.defect() ?? absent.defect() ?? same.flatMap(nameDefect) ?? span.defect()
    case .not(let operand): operand.firstDefect()
    case .and(let operands), .or(let operands):
      operands.count < 2
        ? Defect("`and` and `or` have at least two operands")
        : operands.lazy.compactMap { $0.firstDefect() }.first
    }
  }
}

private func nameDefect(_ name: Text) -> Defect? {
  name.utf8.count <= Limits.nameByteCount
    ? nil : Defect("a name has at most \(Limits.nameByteCount) bytes")
}

extension Selection {
  fileprivate func defect() -> Defect? {
    if case .named(let name) = event, let defect = nameDefect(name) { return defect }
    return filter?.defect() ?? window?.defect()
  }
}

extension Measure {
  fileprivate func defect() -> Defect? {
    switch self {
    case .count(let selection), .days(let selection): selection.defect()
    case .aggregate(_, let selection, let property): selection.defect() ?? nameDefect(property)
    }
  }
}

extension Operand {
  fileprivate func defect() -> Defect? {
    switch self {
    case .number(let number): number.defect()
    case .measure(let measure): measure.defect()
    }
  }
}

extension PropertyExpression {
  fileprivate func defect() -> Defect? {
    switch self {
    case .test(let name, let test): nameDefect(name) ?? test.defect()
    case .not(let operand): operand.defect()
    case .and(let operands), .or(let operands):
      operands.count < 2
        ? Defect("`and` and `or` have at least two operands")
        : operands.lazy.compactMap { $0.defect() }.first
    }
  }
}

extension ValueTest {
  fileprivate func defect() -> Defect? {
    switch self {
    case .compare(_, let literal): literal.defect()
    case .isIn(let literals), .isNotIn(let literals):
      literals.isEmpty
        ? Defect("`in` has at least one value")
        : literals.lazy.compactMap { $0.defect() }.first
    case .between(let low, let high): low.defect() ?? high.defect()
    case .contains(let text): Literal.text(text).defect()
    case .exists, .isMissing: nil
    }
  }
}

extension Literal {
  fileprivate func defect() -> Defect? {
    switch self {
    case .text(let text):
      text.utf8.count <= Limits.textByteCount
        ? nil : Defect("a text has at most \(Limits.textByteCount) bytes")
    case .number(let number): number.defect()
    case .boolean: nil
    }
  }
}

extension Number {
  /// What keeps the number from being written and read again; else nil.
  fileprivate func defect() -> Defect? {
    String(significand.magnitude).utf8.count <= Limits.numberDigits
      && abs(exponent) <= Limits.numberExponent
      ? nil
      : Defect(
        "a number has at most \(Limits.numberDigits) digits and a power of ten up to "
          + "\(Limits.numberExponent)")
  }
}
