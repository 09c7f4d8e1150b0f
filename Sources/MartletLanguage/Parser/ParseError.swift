public import MartletModel

/// Why a segment expression cannot be understood, and where in its text.
public struct ParseError: Error, Hashable, Sendable {
  /// The whole text.
  public var source: String
  /// The place in `source`, in UTF-8 bytes; empty at the end of the text.
  public var range: Range<Int>
  /// What stands at the place, as written; nil at the end of the text.
  public var found: String?
  /// What could stand there instead; empty where `problem` says more than a list would.
  public var expected: [String]
  /// What is wrong, as one sentence without a full stop.
  public var problem: String
  /// What to write instead.
  public var hint: String?

  /// Makes an error that a list of expectations explains.
  public init(source: String, range: Range<Int>, expected: [String], hint: String? = nil) {
    (self.source, self.range, self.expected, self.hint) = (source, range, expected, hint)
    let written = source.bytes(in: range)
    found = written.isEmpty ? nil : written
    problem =
      "expected \(ParseError.list(expected)), found "
      + (written.isEmpty ? "the end" : ParseError.show(written))
  }

  /// Makes an error that a sentence explains: `no event type "Purchse" in this store`.
  public init(source: String, range: Range<Int>, problem: String, hint: String? = nil) {
    (self.source, self.range, self.problem, self.hint) = (source, range, problem, hint)
    let written = source.bytes(in: range)
    (found, expected) = (written.isEmpty ? nil : written, [])
  }

  /// `a, b or c`
  private static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "something else" }
    return items.dropLast().joined(separator: ", ") + " or " + last
  }

  /// The written text in back quotes, cut where it is long.
  private static func show(_ written: String) -> String {
    let line = written.prefix { !$0.isNewline }
    let isCut = line.count > LanguageLimits.shownTokenLength || line.count < written.count
    let shown = line.prefix(LanguageLimits.shownTokenLength)
    return "`" + SourceLine.printable(String(shown)) + (isCut ? "…" : "") + "`"
  }
}

extension ParseError {
  /// The error without the source line, for callers that report all failures in one type.
  public var martletError: MartletError {
    MartletError(.usage, place: place, problem, remedy: hint)
  }

  /// `column 17`, or `line 2, column 3` in a text of several lines.
  public var place: String { SourceLine(of: range, in: source).place }
}

extension ParseError: CustomStringConvertible {
  /// The problem, the line with carets under the place, and the hint:
  ///
  /// ```
  /// column 17: expected `last` or `this`, found `lst`
  ///   did Purchase in lst 30 days
  ///                   ^^^
  /// hint: did you mean `last`?
  /// ```
  ///
  /// Carets line up in a terminal: wide characters and emoji count as two cells, combining marks as
  /// none, a tab is shown as one space. Control characters are not passed on.
  public var description: String {
    let line = SourceLine(of: range, in: source)
    var output = "\(line.place): \(problem)"
    if !source.isEmpty { output += "\n  \(line.shown)\n  \(line.carets)" }
    if let hint { output += "\nhint: \(hint)" }
    return output
  }
}

extension String {
  /// The text of a range of UTF-8 bytes, whether or not characters begin and end there.
  func bytes(in range: Range<Int>) -> String {
    let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound)
    let end = utf8.index(start, offsetBy: range.count)
    return String(decoding: utf8[start..<end], as: UTF8.self)
  }
}
