import MartletLanguage
import MartletModel
import Testing

/// Hostile input ends in an error, not in a crash or a long wait.
struct LimitTests {
  private func problem(_ source: String) -> String? {
    do {
      _ = try SegmentExpression(parsing: source)
      return nil
    } catch {
      return error.problem
    }
  }

  private let tooDeep = "an expression nests at most 128 levels deep"

  @Test func depthOfText() throws {
    let deep = LanguageLimits.nestingDepth
    let parentheses =
      String(repeating: "(", count: deep) + "everyone"
      + String(repeating: ")", count: deep)
    #expect(try SegmentExpression(parsing: parentheses) == .everyone)
    #expect(problem("(\(parentheses))") == tooDeep)
    let negations = String(repeating: "not ", count: deep) + "everyone"
    #expect(problem(negations) == nil)
    #expect(problem("not " + negations) == tooDeep)
    #expect(problem(String(repeating: "(", count: 100_000)) == tooDeep)
    #expect(problem(String(repeating: "not ", count: 50_000)) == tooDeep)
    #expect(problem("did A[" + String(repeating: "(", count: 50_000)) == tooDeep)
    #expect(problem("did A[" + String(repeating: "not ", count: 50_000)) == tooDeep)
  }

  /// Two operators a parenthesis: the tree is deeper than the source.
  @Test func depthOfTree() {
    func alternating(_ levels: Int) -> String {
      String(repeating: "(did A or did A and ", count: levels) + "did A"
        + String(repeating: ")", count: levels)
    }
    #expect(problem(alternating(60)) == nil)
    #expect(problem(alternating(66)) == tooDeep)
  }

  /// The deepest tree survives every form, whatever the stack of the thread.
  @Test func deepestTreeInEveryForm() throws {
    var expression = SegmentExpression.everyone
    for level in 0..<LanguageLimits.nestingDepth {
      expression =
        level.isMultiple(of: 2) ? .and([expression, .everyone]) : .or([.everyone, expression])
    }
    #expect(try SegmentExpression(parsing: expression.description) == expression)
    #expect(try SegmentExpression(json: expression.json) == expression)
    #expect(Set([expression, expression]).count == 1)
    #expect(throws: ParseError.self) { try SegmentExpression.not(expression).validate() }
    let json = SegmentExpression.not(expression).json
    let error = #expect(throws: MartletError.self) { try SegmentExpression(json: json) }
    #expect(error?.reason == tooDeep)
  }

  @Test func depthOfJSON() {
    for opening in ["[", #"{"not":"#, #"{"and":["#, #"{"did":{"event":"A","filter":{"not":"#] {
      let json = String(repeating: opening, count: 1_000_000 / opening.utf8.count)
      #expect(throws: MartletError.self) { try SegmentExpression(json: Array(json.utf8)) }
    }
  }

  @Test func sizes() {
    let long = "did A" + String(repeating: " ", count: LanguageLimits.sourceByteCount)
    #expect(problem(long) == "an expression has at most 1048576 bytes, this one 1048581")
    #expect(throws: MartletError.self) {
      try SegmentExpression(
        json: Array(repeating: 0x20, count: LanguageLimits.sourceByteCount + 1))
    }
    let values = { (count: Int) in
      "did A[p in (" + String(repeating: "1,", count: count) + "1)]"
    }
    #expect(problem(values(60_000)) == nil)
    #expect(problem(values(70_000)) == "an expression has at most 65536 parts")
    let name = String(repeating: "n", count: Limits.nameByteCount)
    #expect(problem("did \(name)") == nil)
    #expect(problem("did n\(name)") == "a name has at most 1024 bytes")
    #expect(problem("user.a.\(name) exists") == "a name has at most 1024 bytes")
  }

  @Test func nodeCountOfTrees() {
    let wide = SegmentExpression.or(
      Array(repeating: .everyone, count: LanguageLimits.nodeCount))
    let error = #expect(throws: ParseError.self) { try wide.validate() }
    #expect(error?.problem == "an expression has at most 65536 parts")
  }

  /// Trees that no text gives are told apart by `validate`.
  @Test func invalidTrees() {
    let event = Selection("A")
    let wrong: [(SegmentExpression, String)] = [
      (.and([.everyone]), "`and` and `or` have at least two operands"),
      (.or([]), "`and` and `or` have at least two operands"),
      (
        .sequence(.any(event), then: [], same: nil, within: .days(1)),
        "a sequence has at least two steps"
      ),
      (
        .sequence(.any(event), then: [event], same: nil, within: .days(-1)),
        "a duration is above 0"
      ),
      (.rolling(event, .equal, 1, within: .days(1)), "`within any` takes `>=` or `>`"),
      (.trait("a", .isIn([])), "`in` has at least one value"),
      (
        .did(event.in(.range(since: nil, before: nil))),
        "a range of times has at least one bound"
      ),
      (
        .did(event.in(.lastCalendar(count: 0, .day))),
        "calendar units are counted from 1 to 3660000"
      ),
      (
        .did(event.in(.on(CivilDate(daysSinceEpoch: 3_000_000)))),
        "a date is a day of the years 0001 to 9999"
      ),
      (
        .did(
          event.in(
            .range(
              since: .local(date(2026, 1, 1), millisecondOfDay: 86_400_000), before: nil))),
        "a time of day has 0 to 86399999 milliseconds"
      ),
      (
        .comparison(
          .count(event), .less,
          .number(Number(significand: Int128.max, exponent: 0))),
        "a number has at most 38 digits and a power of ten up to 400"
      ),
      (.did(event.where(.not(.and([])))), "`and` and `or` have at least two operands"),
    ]
    for (expression, problem) in wrong {
      let error = #expect(throws: ParseError.self, "\(problem)") { try expression.validate() }
      #expect(error?.problem == problem)
    }
  }
}
