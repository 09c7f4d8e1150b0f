import MartletModel

/// Turns the syntax tree into JSON, form by form; the schema is in `formats/language.md`.
enum JSONEncoding {
  static func expression(_ expression: SegmentExpression) -> JSONValue {
    switch expression {
    case .everyone: return .object(["everyone": .boolean(true)])
    case .saved(let name): return .object(["in": .text(name)])
    case .trait(let name, let test): return .object(["user": .text(name), "test": self.test(test)])
    case .did(let selection): return .object(["did": self.selection(selection)])
    case .around(let selection, let span, let side, let occurrence):
      return .object([
        "did": self.selection(selection), "within": self.span(span),
        Text(side.rawValue): self.occurrence(occurrence),
      ])
    case .comparison(let measure, let comparison, let operand):
      return .object([
        "measure": self.measure(measure), "compare": .text(Text(comparison.rawValue)),
        "to": self.operand(operand),
      ])
    case .rolling(let selection, let comparison, let number, let span):
      return .object([
        "measure": self.measure(.count(selection)), "compare": .text(Text(comparison.rawValue)),
        "to": .number(number), "withinAny": self.span(span),
      ])
    case .occurrence(let occurrence, let window):
      return .object([
        Text(occurrence.position.rawValue): selection(occurrence.selection),
        "window": self.window(window),
      ])
    case .sequence(let anchor, let steps, let same, let span):
      return .object([
        "start": self.anchor(anchor), "then": .array(steps.map { selection($0) }),
        "same": same.map { .text($0) }, "within": self.span(span),
      ])
    case .absence(let anchor, let absent, let same, let span):
      return .object([
        "start": self.anchor(anchor), "without": selection(absent),
        "same": same.map { .text($0) }, "within": self.span(span),
      ])
    case .not(let operand): return .object(["not": self.expression(operand)])
    case .and(let operands): return .object(["and": .array(operands.map { self.expression($0) })])
    case .or(let operands): return .object(["or": .array(operands.map { self.expression($0) })])
    }
  }

  private static func anchor(_ anchor: Anchor) -> JSONValue {
    switch anchor {
    case .any(let selection): self.selection(selection)
    case .occurrence(let occurrence): self.occurrence(occurrence)
    }
  }

  private static func occurrence(_ occurrence: Occurrence) -> JSONValue {
    .object([Text(occurrence.position.rawValue): selection(occurrence.selection)])
  }

  private static func measure(_ measure: Measure) -> JSONValue {
    switch measure {
    case .count(let selection): .object(["count": self.selection(selection)])
    case .days(let selection): .object(["days": self.selection(selection)])
    case .aggregate(let aggregation, let selection, let property):
      .object([
        Text(aggregation.rawValue): self.selection(selection), "property": .text(property),
      ])
    }
  }

  private static func operand(_ operand: Operand) -> JSONValue {
    switch operand {
    case .number(let number): .number(number)
    case .measure(let measure): self.measure(measure)
    }
  }

  private static func selection(_ selection: Selection) -> JSONValue {
    let filter = selection.filter.map { self.filter($0) }
    let window = selection.window.map { self.window($0) }
    return switch selection.event {
    case .any: .object(["any": .boolean(true), "filter": filter, "window": window])
    case .named(let name): .object(["event": .text(name), "filter": filter, "window": window])
    }
  }

  private static func filter(_ filter: PropertyExpression) -> JSONValue {
    switch filter {
    case .test(let name, let test): .object(["property": .text(name), "test": self.test(test)])
    case .not(let operand): .object(["not": self.filter(operand)])
    case .and(let operands): .object(["and": .array(operands.map { self.filter($0) })])
    case .or(let operands): .object(["or": .array(operands.map { self.filter($0) })])
    }
  }

  private static func test(_ test: ValueTest) -> JSONValue {
    switch test {
    case .compare(let comparison, let value):
      .object([Text(comparison.rawValue): literal(value)])
    case .isIn(let values): .object(["in": .array(values.map { literal($0) })])
    case .isNotIn(let values): .object(["not in": .array(values.map { literal($0) })])
    case .between(let low, let high): .object(["between": .array([literal(low), literal(high)])])
    case .contains(let text): .object(["contains": .text(text)])
    case .exists: .object(["exists": .boolean(true)])
    case .isMissing: .object(["is missing": .boolean(true)])
    }
  }

  private static func literal(_ literal: Literal) -> JSONValue {
    switch literal {
    case .text(let text): .text(text)
    case .number(let number): .number(number)
    case .boolean(let value): .boolean(value)
    }
  }

  private static func window(_ window: Window) -> JSONValue {
    switch window {
    case .last(let span): return .object(["last": self.span(span)])
    case .range(let since, let before):
      return .object(["since": since.map { time($0) }, "before": before.map { time($0) }])
    case .on(let date): return .object(["on": .text(Text(date.description))])
    case .ago(let from, let to):
      return .object(["ago": .object(["from": span(from), "to": span(to)])])
    case .lastCalendar(let count, let unit):
      return .object([
        "lastCalendar": .object([
          "count": .number(Number(Int64(count))), "unit": .text(Text(unit.rawValue)),
        ])
      ])
    case .this(let unit): return .object(["this": .text(Text(unit.rawValue))])
    }
  }

  private static func span(_ span: TimeSpan) -> JSONValue { .text(Text(span.description)) }

  private static func time(_ time: TimeLiteral) -> JSONValue { .text(Text(time.description)) }
}
