public import MartletModel

/// A segment expression with the places of its names, for errors that are found after parsing.
public struct ParsedExpression: Hashable, Sendable {
  /// The whole text.
  public let source: String
  /// The syntax tree.
  public let expression: SegmentExpression
  /// Every name in the text, in its order.
  public let occurrences: [NameOccurrence]

  /// A name, what it names, and where it stands.
  public struct NameOccurrence: Hashable, Sendable {
    /// The name; of a path, all of it.
    public let name: Text
    /// What it names.
    public let role: Role
    /// UTF-8 bytes of the source, quotes included.
    public let range: Range<Int>
  }

  /// What a name names.
  public enum Role: Hashable, Sendable {
    case eventType, property, trait, savedSegment
  }

  /// An error at the first place where the name stands in that role; at the whole text where it
  /// stands nowhere.
  public func error(
    at name: Text, role: Role, problem: String, hint: String? = nil
  ) -> ParseError {
    let place = occurrences.first { $0.name == name && $0.role == role }?.range
    return ParseError(
      source: source, range: place ?? 0..<source.utf8.count, problem: problem, hint: hint)
  }
}

extension SegmentExpression {
  /// Parses an expression's text.
  /// - Throws: `ParseError` naming the first place that cannot be understood.
  /// - Complexity: O(bytes of the source).
  public init(parsing source: String) throws(ParseError) {
    self = try SegmentExpression.parse(source).expression
  }

  /// Parses an expression's text and keeps where its names stand.
  /// - Throws: `ParseError` naming the first place that cannot be understood.
  /// - Complexity: O(bytes of the source).
  public static func parse(_ source: String) throws(ParseError) -> ParsedExpression {
    try Parser.parse(source)
  }
}
