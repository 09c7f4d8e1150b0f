import MartletLanguage
import MartletModel
import Testing

/// What stands in `[…]`: tests, values, operators, names.
struct FilterTests {
  private func expectFilter(
    _ text: String, _ filter: PropertyExpression,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expectParse(
      "did A[\(text)]", .did(Selection(.named("A"), filter: filter)),
      sourceLocation: sourceLocation)
  }

  @Test func tests() {
    for comparison in ComparisonOperator.allCases {
      expectFilter("p \(comparison.rawValue) 3", .test("p", .compare(comparison, .number(3))))
      expectFilter("p\(comparison.rawValue)-3", .test("p", .compare(comparison, .number(-3))))
    }
    expectFilter("p = true", .test("p", .compare(.equal, .boolean(true))))
    expectFilter("p != FALSE", .test("p", .compare(.notEqual, .boolean(false))))
    expectFilter(
      #"p in ("AU", 3, true)"#, .test("p", .isIn([.text("AU"), .number(3), .boolean(true)])))
    expectFilter(#"p not in ("AU")"#, .test("p", .isNotIn([.text("AU")])))
    expectFilter("p between 1 and 5", .test("p", .between(.number(1), .number(5))))
    expectFilter(#"p between "a" and "b""#, .test("p", .between(.text("a"), .text("b"))))
    expectFilter(#"p contains "x""#, .test("p", .contains("x")))
    expectFilter("p exists", .test("p", .exists))
    expectFilter("p is missing", .test("p", .isMissing))
  }

  @Test func operators() {
    let (a, b, c) = (
      PropertyExpression.test("a", .exists), PropertyExpression.test("b", .exists),
      PropertyExpression.test("c", .between(.number(1), .number(2)))
    )
    expectFilter("a exists and b exists or c between 1 and 2", .or([.and([a, b]), c]))
    expectFilter("a exists and (b exists or c between 1 and 2)", .and([a, .or([b, c])]))
    expectFilter("c between 1 and 2 and a exists", .and([c, a]))
    expectFilter(
      "not a exists and not (b exists and c between 1 and 2)",
      .and([.not(a), .not(.and([b, c]))]))
    expectFilter("(a exists and b exists) and c between 1 and 2", .and([a, b, c]))
    expectFilter("not not a exists", .not(.not(a)))
    expectFilter("not a not in (1)", .not(.test("a", .isNotIn([.number(1)]))))
  }

  @Test func names() {
    expectFilter("a.b.c exists", .test("a.b.c", .exists))
    expectFilter(#""a.b".c exists"#, .test("a.b.c", .exists))
    expectFilter(#""not" exists"#, .test("not", .exists))
    expectFilter(
      "count exists and last = 1 and user is missing",
      .and([
        .test("count", .exists), .test("last", .compare(.equal, .number(1))),
        .test("user", .isMissing),
      ]))
    expectFilter("prix_été exists", .test("prix_été", .exists))
    expectFilter("$os exists", .test("$os", .exists))
  }

  @Test func escapes() {
    expectFilter(
      #"p = "a\"b\\\/\b\f\n\r\t\u0041\u00e9\ud83c\udf6e""#,
      .test("p", .compare(.equal, .text("a\"b\\/\u{8}\u{C}\n\r\tAé🍮"))))
    expectFilter(#"p = "🍮 漢字""#, .test("p", .compare(.equal, .text("🍮 漢字"))))
    expectFilter(#"p = """#, .test("p", .compare(.equal, .text(""))))
  }

  /// Text is bytes: composed and decomposed letters are two values.
  @Test func textIsNotNormalised() throws {
    let composed = try SegmentExpression(parsing: "did A[p = \"\u{E9}\"]")
    let decomposed = try SegmentExpression(parsing: "did A[p = \"e\u{301}\"]")
    #expect(composed != decomposed)
  }
}
