import MartletEncoding
import MartletLanguage
import MartletModel
import MartletTestSupport
import Testing

@testable import MartletQuery

/// Tests on texts, byte for byte, beside plain comparisons of arrays.
@Suite struct TextTestTests {
  static let texts: [Text] = [
    "", "a", "b", "ab", "abc", "aab", "aaab", "a\0", "a\0b", "\0", "é", "e\u{301}", "A",
    "12345678", "123456789", "12345678\0", "zzzzzzzz", "\u{10FFFF}",
  ]

  private func accepts(_ test: ValueTest, _ text: Text) -> Bool {
    TextTest(test).accepts(Array(text.utf8).rawSpan)
  }

  private func precedes(_ left: Text, _ right: Text) -> Bool {
    Array(left.utf8).lexicographicallyPrecedes(Array(right.utf8))
  }

  @Test func comparisonsGoByBytes() {
    for text in Self.texts {
      for literal in Self.texts {
        let expected: [ComparisonOperator: Bool] = [
          .equal: Array(text.utf8) == Array(literal.utf8),
          .notEqual: Array(text.utf8) != Array(literal.utf8),
          .less: precedes(text, literal), .lessOrEqual: !precedes(literal, text),
          .greater: precedes(literal, text), .greaterOrEqual: !precedes(text, literal),
        ]
        for (comparison, holds) in expected {
          let test = ValueTest.compare(comparison, .text(literal))
          #expect(accepts(test, text) == holds, "\(text.debug) \(comparison) \(literal.debug)")
        }
      }
    }
  }

  @Test func containsFindsEveryPart() {
    for text in Self.texts {
      let bytes = Array(text.utf8)
      for part in Self.texts {
        let wanted = Array(part.utf8)
        let holds = (0...bytes.count).contains { bytes[$0...].starts(with: wanted) }
        #expect(accepts(.contains(part), text) == holds, "\(text.debug) \(part.debug)")
      }
    }
  }

  @Test func listsRangesAndOtherKinds() {
    let literals: [Literal] = [.text("b"), .number(1), .text("a\0"), .boolean(true)]
    for text in Self.texts {
      let isListed = text == "b" || text == "a\0"
      #expect(accepts(.isIn(literals), text) == isListed)
      #expect(accepts(.isNotIn(literals), text) == !isListed)
      let isBetween = !precedes(text, "a\0") && !precedes("b", text)
      #expect(accepts(.between(.text("a\0"), .text("b")), text) == isBetween)
      #expect(!accepts(.between(.number(1), .text("b")), text))
      #expect(accepts(.exists, text) && !accepts(.isMissing, text))
      for comparison in ComparisonOperator.allCases {
        let holds = accepts(.compare(comparison, .number(1)), text)
        #expect(holds == (comparison == .notEqual), "\(comparison)")
      }
    }
  }

  @Test func onlyListedTextsAreSaidToPass() {
    let tests: [ValueTest] = [
      .compare(.equal, .text("a")), .isIn([.text("a"), .number(1), .text("b")]),
      .compare(.notEqual, .text("a")), .isNotIn([.text("a")]), .contains("a"), .exists,
      .compare(.equal, .number(1)), .between(.text("a"), .text("b")),
    ]
    for test in tests {
      guard let only = TextTest(test).onlyTexts else { continue }
      for text in Self.texts {
        #expect(accepts(test, text) == only.contains(Array(text.utf8)), "\(test)")
      }
    }
    #expect(TextTest(.isIn([.text("a"), .number(1)])).onlyTexts?.count == 1)
    #expect(TextTest(.contains("a")).onlyTexts == nil)
  }
}

extension Text {
  /// With its bytes visible.
  fileprivate var debug: String { "\(Array(utf8))" }
}
