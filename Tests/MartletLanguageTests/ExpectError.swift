import MartletLanguage
import Testing

/// Expects that a text is refused with exactly this message.
func expectError(
  _ source: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  do {
    let expression = try SegmentExpression(parsing: source)
    Issue.record("\(source) parses, as \(expression)", sourceLocation: sourceLocation)
  } catch {
    #expect(error.description == expected, sourceLocation: sourceLocation)
  }
}

/// Expects that a text means this tree.
func expectParse(
  _ source: String, _ expected: SegmentExpression,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  do {
    let expression = try SegmentExpression(parsing: source)
    #expect(expression == expected, "\(source)", sourceLocation: sourceLocation)
  } catch {
    Issue.record("\(error)", sourceLocation: sourceLocation)
  }
}
