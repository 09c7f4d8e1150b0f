import MartletLanguage
import MartletTestSupport
import Testing

/// Texts that were spelt without this module's printer.
struct PlainSpellingTests {
  @Test func plainlySpeltTreesParse() throws {
    for seed in 0..<300 as Range<UInt64> {
      var random = RandomExpression(about: MeaningCase.all[0].rows, seed: seed)
      for _ in 0..<3 {
        let expression = random.next(depth: 3)
        let text = PlainText.of(expression)
        let parsed = try #require(
          try? SegmentExpression(parsing: text), "seed \(seed): \(text)")
        #expect(parsed == expression, "seed \(seed): \(text)")
      }
    }
  }

  @Test func casesOfTheRulesParse() {
    for question in MeaningCase.all.flatMap(\.questions) {
      #expect(throws: Never.self, "\(question)") {
        let expression = try SegmentExpression(parsing: question.expression)
        #expect(try SegmentExpression(parsing: expression.description) == expression)
      }
    }
  }
}
