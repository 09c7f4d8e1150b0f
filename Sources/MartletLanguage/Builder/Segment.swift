/// Which users: a segment expression, written as text or as Swift.
///
/// ```swift
/// let loyal: Segment = "count(Purchase in last 90 days) >= 3 and not did Cancel"
/// let same = Segment { Count("Purchase", in: .last(.days(90))) >= 3; Not(Did("Cancel")) }
/// ```
///
/// A text that cannot be understood, and Swift that describes no possible segment (a window of no
/// length), are kept and thrown by `expression()`; so a segment can be written as a literal.
///
/// Segments are equal where their syntax trees are, or their errors.
public struct Segment: Sendable {
  private let outcome: Result<SegmentExpression, ParseError>
  /// The text as it was written, where there was one.
  private let source: String?

  /// Makes a segment of a text; `expression()` throws where it cannot be understood.
  public init(_ text: String) {
    outcome = Result { () throws(ParseError) in try SegmentExpression(parsing: text) }
    source = text
  }

  /// Makes a segment of a syntax tree; `expression()` throws where it breaks a limit.
  public init(_ expression: SegmentExpression) {
    outcome = Result { () throws(ParseError) in
      try expression.validate()
      return expression
    }
    source = nil
  }

  /// Makes a segment of the users for whom all of the conditions hold.
  public init(@SegmentBuilder _ conditions: () -> [Segment]) {
    self = Segment.combined(conditions()) { .conjunction(of: $0) }
  }

  /// The syntax tree.
  /// - Throws: `ParseError` where the text or the Swift could not be understood.
  public func expression() throws(ParseError) -> SegmentExpression { try outcome.get() }

  /// The syntax tree with the places of its names, in the text as it was written or else in the
  /// canonical text.
  /// - Throws: as `expression()`.
  public func parsed() throws(ParseError) -> ParsedExpression {
    let text = if let source { source } else { try expression().description }
    return try SegmentExpression.parse(text)
  }

  /// Combines segments, or keeps the error of the first that has one.
  static func combined(
    _ segments: [Segment], _ combine: ([SegmentExpression]) -> SegmentExpression
  ) -> Segment {
    do throws(ParseError) {
      var operands: [SegmentExpression] = []
      for segment in segments { operands.append(try segment.expression()) }
      return Segment(combine(operands))
    } catch {
      return Segment(failure: error)
    }
  }

  private init(failure: ParseError) { (outcome, source) = (.failure(failure), nil) }
}

extension Segment: Hashable {
  public static func == (left: Segment, right: Segment) -> Bool { left.outcome == right.outcome }

  public func hash(into hasher: inout Hasher) { hasher.combine(outcome) }
}

extension Segment: ExpressibleByStringLiteral {
  /// The segment of that text; `expression()` throws where it cannot be understood.
  public init(stringLiteral value: String) { self.init(value) }
}

extension Segment: CustomStringConvertible {
  /// The canonical text, or the error.
  public var description: String {
    switch outcome {
    case .success(let expression): expression.description
    case .failure(let error): error.description
    }
  }
}

extension Segment: SegmentConvertible {
  /// The condition as a segment.
  public var segment: Segment { self }
}
