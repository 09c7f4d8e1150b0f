import MartletLanguage
import MartletModel
import Testing

/// Broken expressions never crash, and what still parses still has a canonical text.
struct FuzzTests {
  private static let pieces = [
    "(", ")", "[", "]", "not ", " and ", " or ", "\"", "\\", ",", ".", "--", "-", "0",
    "99999999999",
    " within ", " in last ", " between ", "first(", "count(", "🍮", "e\u{301}", "\u{0}", "\n", "T",
    "2026-05-01", ":", "=", ">=", " any ", "\\ud83c", "%", "１",
  ]

  private func check(_ source: String, seed: UInt64) {
    do {
      let expression = try SegmentExpression(parsing: source)
      let text = expression.description
      #expect((try? SegmentExpression(parsing: text)) == expression, "seed \(seed): \(text)")
    } catch {
      #expect(!error.description.isEmpty)
      #expect(error.range.upperBound <= source.utf8.count, "seed \(seed)")
      let lines = error.description.split(separator: "\n")
      #expect(source.isEmpty || lines.contains { $0.contains("^") }, "seed \(seed)")
    }
  }

  @Test func mutatedText() {
    for seed in 0..<700 as Range<UInt64> {
      var random = RandomExpressions(seed: seed)
      var scalars = Array(random.expression(depth: 2).description.unicodeScalars)
      var generator = SeededGenerator(seed: seed)
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let start = Int.random(in: 0...scalars.count, using: &generator)
        let end = min(scalars.count, start + Int.random(in: 0...3, using: &generator))
        let piece = Self.pieces.randomElement(using: &generator) ?? ""
        scalars.replaceSubrange(start..<end, with: piece.unicodeScalars)
      }
      var source = String.UnicodeScalarView()
      source.append(contentsOf: scalars)
      check(String(source), seed: seed)
    }
  }

  @Test func truncatedText() {
    for seed in 0..<20 as Range<UInt64> {
      var random = RandomExpressions(seed: seed)
      let bytes = Array(random.expression(depth: 2).description.utf8)
      for length in 0..<min(bytes.count, 200) {
        check(String(decoding: bytes[..<length], as: UTF8.self), seed: seed)
      }
    }
  }

  @Test func heapsOfPieces() {
    for seed in 0..<1000 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let source = (0..<Int.random(in: 1...12, using: &generator))
        .map { _ in Self.pieces.randomElement(using: &generator) ?? "" }.joined()
      check(source, seed: seed)
    }
  }

  @Test func mutatedJSON() {
    for seed in 0..<700 as Range<UInt64> {
      var random = RandomExpressions(seed: seed)
      var json = random.expression(depth: 2).json
      var generator = SeededGenerator(seed: seed)
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<json.count, using: &generator)
        json[place] = UInt8.random(in: 0...255, using: &generator)
      }
      if let expression = try? SegmentExpression(json: json) {
        #expect((try? SegmentExpression(json: expression.json)) == expression, "seed \(seed)")
      }
    }
  }
}
