import MartletLanguage
import MartletModel
import Testing

/// Text and JSON of any tree read back as that tree.
struct RoundTripTests {
  @Test func randomTreesThroughText() throws {
    for seed in 0..<1000 as Range<UInt64> {
      var random = RandomExpressions(seed: seed)
      let expression = random.expression()
      let text = expression.description
      let parsed = try #require(
        try? SegmentExpression(parsing: text), "seed \(seed): \(text)")
      #expect(parsed == expression, "seed \(seed): \(text)")
      #expect(parsed.description == text, "seed \(seed)")
    }
  }

  @Test func randomTreesThroughJSON() throws {
    for seed in 0..<1000 as Range<UInt64> {
      var random = RandomExpressions(seed: seed)
      let expression = random.expression()
      let json = expression.json
      let shown = String(decoding: json, as: UTF8.self)
      let parsed = try #require(try? SegmentExpression(json: json), "seed \(seed): \(shown)")
      #expect(parsed == expression, "seed \(seed): \(shown)")
      #expect(parsed.json == json, "seed \(seed)")
    }
  }

  @Test func randomTreesAreValid() {
    for seed in 0..<1000 as Range<UInt64> {
      var random = RandomExpressions(seed: seed)
      let expression = random.expression()
      #expect(throws: Never.self, "seed \(seed)") { try expression.validate() }
    }
  }

  /// Canonical text has parentheses only where dropping them would change the tree.
  @Test func parenthesesAreMinimal() throws {
    for seed in 0..<400 as Range<UInt64> {
      var random = RandomExpressions(seed: seed)
      let text = Array(random.expression(depth: 3).description)
      let expression = try SegmentExpression(parsing: String(text))
      for open in text.indices where text[open] == "(" {
        guard let close = matchingParenthesis(text, from: open) else { continue }
        var without = text
        without.remove(at: close)
        without.remove(at: open)
        if let other = try? SegmentExpression(parsing: String(without)) {
          #expect(other != expression, "seed \(seed): \(String(text))")
        }
      }
    }
  }

  /// Blind to quotes: a wrong match only makes a text that is tried in vain.
  private func matchingParenthesis(_ text: [Character], from open: Int) -> Int? {
    var depth = 0
    for index in open..<text.count {
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }
}
