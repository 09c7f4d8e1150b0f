import MartletModel

extension JSONDecoding {
  static func window(_ node: JSONNode) throws(MartletError) -> Window {
    var fields = try node.object()
    let result: Window
    if let last = fields.take("last") {
      result = .last(try span(last))
    } else if fields.contains("since") || fields.contains("before") {
      let since = try fields.take("since").map(time)
      let before = try fields.take("before").map(time)
      result = .range(since: since, before: before)
    } else if let on = fields.take("on") {
      result = .on(try date(on))
    } else if let ago = fields.take("ago") {
      var ends = try ago.object()
      result = .ago(
        from: try span(ends.require("from"), allowsZero: true),
        to: try span(ends.require("to"), allowsZero: true))
      try ends.finish()
    } else if let calendar = fields.take("lastCalendar") {
      result = try lastCalendar(calendar)
    } else if let this = fields.take("this") {
      result = .this(try unit(this))
    } else {
      throw fields.unknownForm(
        "a window", known: ["last", "since", "before", "on", "ago", "lastCalendar", "this"])
    }
    try fields.finish()
    if let defect = result.defect() {
      throw node.failure(defect.problem)
    }
    return result
  }

  private static func lastCalendar(_ node: JSONNode) throws(MartletError) -> Window {
    var fields = try node.object()
    let countNode = try fields.require("count")
    guard let count = try countNode.number().integer else {
      throw countNode.failure("expected a whole number")
    }
    let unit = try unit(fields.require("unit"))
    try fields.finish()
    return .lastCalendar(count: Int(count), unit)
  }

  private static func unit(_ node: JSONNode) throws(MartletError) -> CalendarUnit {
    guard let unit = CalendarUnit(rawValue: try node.text().string) else {
      throw node.failure(
        "there is no such calendar unit",
        remedy: "the units are \(CalendarUnit.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return unit
  }

  /// A duration as the language writes it: `"30 days"`.
  static func span(
    _ node: JSONNode, allowsZero: Bool = false
  ) throws(MartletError) -> TimeSpan {
    let tokens = Lexer.tokens(of: try node.text().string)
    guard tokens.count == 3, case .number(let number) = tokens[0].kind,
      case .word = tokens[1].kind,
      let unit = DurationUnit(word: try node.text().string.bytes(in: tokens[1].range))
    else {
      throw node.failure("expected a duration such as \"30 days\"")
    }
    return try node.check { () throws(Defect) in
      try unit.span(number, allowsZero: allowsZero)
    }
  }

  private static func time(_ node: JSONNode) throws(MartletError) -> TimeLiteral {
    let text = try node.text()
    return try node.check { () throws(Defect) in try TimeReading(text.utf8).literal }
  }

  private static func date(_ node: JSONNode) throws(MartletError) -> CivilDate {
    let text = try node.text()
    let reading = try node.check { () throws(Defect) in try TimeReading(text.utf8) }
    guard !reading.hasClock else { throw node.failure("expected a date without a time") }
    return reading.date
  }
}
