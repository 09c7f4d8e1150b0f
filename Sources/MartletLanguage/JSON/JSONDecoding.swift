import MartletModel

/// Turns JSON into the syntax tree, form by form; the schema is in `formats/language.md`.
enum JSONDecoding {
  private static let forms = [
    "everyone", "in", "user", "did", "measure", "first", "last", "start", "not", "and", "or",
  ]

  static func expression(
    _ node: JSONNode, depth: Int
  ) throws(MartletError) -> SegmentExpression {
    guard depth <= LanguageLimits.nestingDepth else {
      throw node.failure(
        "an expression nests at most \(LanguageLimits.nestingDepth) levels deep")
    }
    var fields = try node.object()
    let form = forms.first { fields.contains(Text($0)) }
    let result: SegmentExpression
    switch form {
    case "everyone":
      try flag(fields.require("everyone"))
      result = .everyone
    case "in": result = .saved(try fields.require("in").name())
    case "user":
      result = .trait(try fields.require("user").name(), try test(fields.require("test")))
    case "did": result = try did(&fields)
    case "measure": result = try comparison(&fields)
    case "first": result = try occurrencePredicate(.first, &fields)
    case "last": result = try occurrencePredicate(.last, &fields)
    case "start": result = try relation(&fields)
    case "not":
      result = .not(try expression(fields.require("not"), depth: depth + 1))
    case "and":
      result = .conjunction(of: try operands(fields.require("and"), depth: depth))
    case "or":
      result = .disjunction(of: try operands(fields.require("or"), depth: depth))
    default: throw fields.unknownForm("a segment expression", known: forms)
    }
    try fields.finish()
    return result
  }

  private static func operands(
    _ node: JSONNode, depth: Int
  ) throws(MartletError) -> [SegmentExpression] {
    var operands: [SegmentExpression] = []
    for item in try node.array(atLeast: 2) {
      operands.append(try expression(item, depth: depth + 1))
    }
    return operands
  }

  /// A key whose only value is true.
  static func flag(_ node: JSONNode) throws(MartletError) {
    guard case .boolean(true) = node.value else { throw node.failure("expected true") }
  }

  private static func did(_ fields: inout JSONFields) throws(MartletError) -> SegmentExpression {
    let selection = try selection(fields.require("did"))
    guard let within = fields.take("within") else { return .did(selection) }
    let span = try span(within)
    if let after = fields.take("after") {
      return .around(selection, within: span, side: .after, of: try occurrence(after))
    }
    if let before = fields.take("before") {
      return .around(selection, within: span, side: .before, of: try occurrence(before))
    }
    throw fields.node.failure("the key \"after\" or \"before\" is missing")
  }

  private static func comparison(
    _ fields: inout JSONFields
  ) throws(MartletError) -> SegmentExpression {
    let measure = try measure(fields.require("measure"))
    let operatorNode = try fields.require("compare")
    guard let comparison = ComparisonOperator(rawValue: try operatorNode.text().string) else {
      let known = ComparisonOperator.allCases.map(\.rawValue).joined(separator: " ")
      throw operatorNode.failure(
        "there is no such comparison", remedy: "the comparisons are \(known)")
    }
    let to = try fields.require("to")
    guard let withinAny = fields.take("withinAny") else {
      if case .number(let number) = to.value {
        return .comparison(measure, comparison, .number(number))
      }
      return .comparison(measure, comparison, .measure(try self.measure(to)))
    }
    guard case .count(let selection) = measure else {
      throw withinAny.failure("only `count` can be asked within any duration")
    }
    guard comparison == .greaterOrEqual || comparison == .greater else {
      throw operatorNode.failure("`withinAny` takes >= or >")
    }
    return .rolling(selection, comparison, try to.number(), within: try span(withinAny))
  }

  private static func occurrencePredicate(
    _ position: Occurrence.Position, _ fields: inout JSONFields
  ) throws(MartletError) -> SegmentExpression {
    let selection = try selection(fields.require(Text(position.rawValue)))
    return .occurrence(Occurrence(position, selection), try window(fields.require("window")))
  }

  private static func relation(
    _ fields: inout JSONFields
  ) throws(MartletError) -> SegmentExpression {
    let anchor = try anchor(fields.require("start"))
    let without = fields.take("without")
    let then = fields.take("then")
    let same = try fields.take("same")?.name()
    let span = try span(fields.require("within"))
    if let without {
      if let then { throw then.failure("\"then\" and \"without\" exclude each other") }
      return .absence(anchor, without: try selection(without), same: same, within: span)
    }
    guard let then else { throw fields.node.failure("the key \"then\" or \"without\" is missing") }
    var steps: [Selection] = []
    for step in try then.array(atLeast: 1) { steps.append(try selection(step)) }
    return .sequence(anchor, then: steps, same: same, within: span)
  }

  private static func anchor(_ node: JSONNode) throws(MartletError) -> Anchor {
    let fields = try node.object()
    return fields.contains("first") || fields.contains("last")
      ? .occurrence(try occurrence(node)) : .any(try selection(node))
  }

  private static func occurrence(_ node: JSONNode) throws(MartletError) -> Occurrence {
    let (key, inner) = try node.object().single(of: ["first", "last"], "an occurrence")
    return Occurrence(key == "first" ? .first : .last, try selection(inner))
  }

  private static func measure(_ node: JSONNode) throws(MartletError) -> Measure {
    var fields = try node.object()
    let result: Measure
    if let selected = fields.take("count") {
      result = .count(try selection(selected))
    } else if let selected = fields.take("days") {
      result = .days(try selection(selected))
    } else if let aggregation = Aggregation.allCases.first(where: {
      fields.contains(Text($0.rawValue))
    }) {
      let selected = try selection(fields.require(Text(aggregation.rawValue)))
      result = .aggregate(aggregation, selected, property: try fields.require("property").name())
    } else {
      throw fields.unknownForm("a measure", known: Keyword.measures.map(\.rawValue))
    }
    try fields.finish()
    return result
  }
}
