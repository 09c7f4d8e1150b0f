import MartletModel

/// What a failing comparison prints.
public enum Repro {
  /// One line with all it takes to ask the question again.
  public static func line(_ question: RandomQuestion, seed: UInt64) -> String {
    let text = PlainText.of(question.expression)
    let saved = question.savedSegments.sorted { $0.key < $1.key }.compactMap { name, expression in
      let reference = "in \(PlainText.quoted(name))"
      return text.contains(reference) ? " · saved \(reference): \(PlainText.of(expression))" : nil
    }
    return "seed \(seed) · as of \(question.asOf) · \(question.timeZone) · \(text)"
      + saved.joined()
  }

  /// The history as canonical NDJSON, one row a line.
  public static func lines(_ rows: [ArrivalRow]) -> String {
    rows.map { CanonicalNDJSON.line($0) + "\n" }.joined()
  }

  /// The steps, one a line.
  public static func lines(_ steps: [HistoryStep]) -> String {
    steps.map { "\($0)\n" }.joined()
  }

  /// Which users two answers disagree about, at most ten of each kind.
  public static func difference(expected: NaiveAnswer, actual: NaiveAnswer) -> String {
    let parts: [(String, Set<Text>, Set<Text>)] = [
      ("matched", expected.matched, actual.matched), ("pending", expected.pending, actual.pending),
      ("universe", expected.universe, actual.universe),
    ]
    let lines = parts.filter { $0.1 != $0.2 }.map { name, expected, actual in
      "\(name): missing \(some(expected.subtracting(actual))), "
        + "too many \(some(actual.subtracting(expected)))"
    }
    return lines.isEmpty ? "equal" : lines.joined(separator: "; ")
  }

  private static func some(_ ids: Set<Text>) -> String {
    "[" + ids.sorted().prefix(10).map(PlainText.quoted).joined(separator: ", ") + "]"
  }
}
