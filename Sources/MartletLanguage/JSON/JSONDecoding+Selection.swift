import MartletModel

extension JSONDecoding {
  static func selection(_ node: JSONNode) throws(MartletError) -> Selection {
    var fields = try node.object()
    let event: EventName
    if let any = fields.take("any") {
      try flag(any)
      event = .any
    } else if let name = fields.take("event") {
      event = .named(try name.name())
    } else {
      throw fields.unknownForm("an event", known: ["event", "any", "filter", "window"])
    }
    var filter: PropertyExpression?
    if let node = fields.take("filter") { filter = try self.filter(node, depth: 0) }
    var window: Window?
    if let node = fields.take("window") { window = try self.window(node) }
    try fields.finish()
    return Selection(event, filter: filter, window: window)
  }

  private static func filter(
    _ node: JSONNode, depth: Int
  ) throws(MartletError) -> PropertyExpression {
    guard depth <= LanguageLimits.nestingDepth else {
      throw node.failure(
        "an expression nests at most \(LanguageLimits.nestingDepth) levels deep")
    }
    var fields = try node.object()
    let result: PropertyExpression
    if let operand = fields.take("not") {
      result = .not(try filter(operand, depth: depth + 1))
    } else if let operands = fields.take("and") {
      result = .conjunction(of: try filters(operands, depth: depth))
    } else if let operands = fields.take("or") {
      result = .disjunction(of: try filters(operands, depth: depth))
    } else if let name = fields.take("property") {
      result = .test(try name.name(), try test(fields.require("test")))
    } else {
      throw fields.unknownForm("a filter", known: ["property", "not", "and", "or"])
    }
    try fields.finish()
    return result
  }

  private static func filters(
    _ node: JSONNode, depth: Int
  ) throws(MartletError) -> [PropertyExpression] {
    var operands: [PropertyExpression] = []
    for item in try node.array(atLeast: 2) {
      operands.append(try filter(item, depth: depth + 1))
    }
    return operands
  }

  static func test(_ node: JSONNode) throws(MartletError) -> ValueTest {
    let comparisons = ComparisonOperator.allCases.map(\.rawValue)
    let (key, operand) = try node.object().single(
      of: comparisons + ["in", "not in", "between", "contains", "exists", "is missing"], "a test")
    switch key {
    case "in": return .isIn(try literals(operand.array(atLeast: 1)))
    case "not in": return .isNotIn(try literals(operand.array(atLeast: 1)))
    case "between":
      let ends = try literals(operand.array(atLeast: 2))
      guard ends.count == 2 else { throw operand.failure("expected two ends") }
      return .between(ends[0], ends[1])
    case "contains": return .contains(try operand.text())
    case "exists":
      try flag(operand)
      return .exists
    case "is missing":
      try flag(operand)
      return .isMissing
    default:
      guard let comparison = ComparisonOperator(rawValue: key) else {
        preconditionFailure("the key is one of those allowed")
      }
      return .compare(comparison, try literal(operand))
    }
  }

  private static func literals(_ nodes: [JSONNode]) throws(MartletError) -> [Literal] {
    var values: [Literal] = []
    for node in nodes { values.append(try literal(node)) }
    return values
  }

  private static func literal(_ node: JSONNode) throws(MartletError) -> Literal {
    switch node.value {
    case .text(let text): return .text(text)
    case .number(let number): return .number(number)
    case .boolean(let value): return .boolean(value)
    case .null: throw node.failure("null is no value", remedy: "use {\"is missing\":true}")
    case .object, .array:
      throw node.failure("expected text, a number or a boolean, found \(node.value.kind)")
    }
  }
}
