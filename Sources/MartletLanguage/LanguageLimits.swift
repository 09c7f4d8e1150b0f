/// Every limit of the segment language, with its unit; each is enforced with an error.
public enum LanguageLimits {
  /// UTF-8 bytes of a segment expression's text, and of its JSON.
  public static let sourceByteCount = 1 << 20
  /// How deep `not`, `and`, `or` and parentheses nest, in the source and in the tree.
  ///
  /// Measured so that parsing, printing, comparing and hashing the deepest tree stay below 400 KB
  /// of stack in an optimised build: secondary threads may have 512 KB.
  public static let nestingDepth = 128
  /// Nodes of one expression: predicates, operators, selections, filter conditions and constants.
  public static let nodeCount = 65_536
  /// The longest time span, in milliseconds: 10,000 years of 366 days, so that adding one to any
  /// instant that a store accepts stays far inside `Int64`.
  public static let spanMilliseconds: Int64 = 10_000 * 366 * 86_400_000
  /// The most calendar units that `in last N calendar …` reaches back.
  public static let calendarUnitCount = 10_000 * 366
  /// Nesting of JSON objects and arrays: each level of the tree takes at most two.
  static let jsonNestingDepth = 2 * nestingDepth + 32
  /// Characters of a source line that an error shows; the rest is cut.
  static let shownLineWidth = 96
  /// Characters of a token that an error shows in its text.
  static let shownTokenLength = 40
}
