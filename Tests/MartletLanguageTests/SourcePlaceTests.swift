import MartletLanguage
import MartletModel
import Testing

/// Where errors point, and where names stand.
struct SourcePlaceTests {
  @Test func severalLines() {
    expectError(
      "did A -- first\r\n  and did B in lsat 3 days\nand did C",
      """
      line 2, column 16: expected `last` or `this`, found `lsat`
          and did B in lsat 3 days
                       ^^^^
      hint: did you mean `last`?
      """)
    expectError(
      "did A\rand\n\n",
      """
      line 2, column 4: expected a condition such as `did A` or `count(A) >= 3`, found the end
        and
           ^
      """)
  }

  @Test func tabsAndWideCharacters() {
    expectError(
      "did\t\"漢字 🍮\"\tin lsat 3 days",
      """
      column 15: expected `last` or `this`, found `lsat`
        did "漢字 🍮" in lsat 3 days
                         ^^^^
      hint: did you mean `last`?
      """)
    expectError(
      "did \"e\u{301}\" \"漢\"",
      """
      column 9: expected `[`, a window, `within`, `and`, `or` or the end, found `"漢"`
        did "e\u{301}" "漢"
                ^^^^
      """)
  }

  @Test func controlCharactersAreNotShown() {
    expectError(
      "did A \u{1B}[31m",
      """
      column 7: the character U+1B is no part of the language
        did A \u{FFFD}[31m
              ^
      """)
  }

  @Test func longLinesAreCut() throws {
    let padding = String(repeating: "did A or ", count: 40)
    let error = #expect(throws: ParseError.self) {
      try SegmentExpression(parsing: padding + "did B in lsat 3 days or " + padding)
    }
    #expect(
      error?.description == """
        column 370: expected `last` or `this`, found `lsat`
          …A or did A or did A or did A or did A or did A or did A or did B in lsat 3 days or \
        did A or did …
                                                                               ^^^^
        hint: did you mean `last`?
        """)
  }

  @Test func parts() {
    let error = #expect(throws: ParseError.self) {
      try SegmentExpression(parsing: "did A in lsat")
    }
    #expect(error?.range == 9..<13)
    #expect(error?.found == "lsat")
    #expect(error?.expected == ["`last`", "`this`"])
    #expect(error?.hint == "did you mean `last`?")
    #expect(error?.martletError.code == .usage)
    #expect(
      error?.martletError.description
        == "column 10: expected `last` or `this`, found `lsat` (did you mean `last`?)")
  }

  @Test func namesKeepTheirPlaces() throws {
    let source =
      #"did "é"[a.b = 1] and user.plan exists and in vip and A then B same id within 1 d"#
    let parsed = try SegmentExpression.parse(source)
    let shown = parsed.occurrences.map { occurrence in
      let bytes = Array(source.utf8)[occurrence.range]
      return "\(occurrence.role) \(occurrence.name) \(String(decoding: bytes, as: UTF8.self))"
    }
    #expect(
      shown == [
        #"eventType é "é""#, "property a.b a.b", "trait plan plan", "savedSegment vip vip",
        "eventType A A", "eventType B B", "property id id",
      ])
    let error = parsed.error(
      at: "B", role: .eventType, problem: "no event type `B` in this store",
      hint: "did you mean `C`?")
    #expect(
      error.description == """
        column 61: no event type `B` in this store
          did "é"[a.b = 1] and user.plan exists and in vip and A then B same id within 1 d
                                                                      ^
        hint: did you mean `C`?
        """)
    let whole = parsed.error(at: "Z", role: .eventType, problem: "no `Z`")
    #expect(whole.range == 0..<source.utf8.count)
  }
}
