import MartletModel

extension TimeLiteral {
  /// Parses a time that stands alone, as an option's value does: `2026-05-01`, `2026-05-01T09:00`,
  /// `2026-05-01T09:00:00.5Z`, with `T` or a space, in double quotes or without them; or epoch
  /// milliseconds, exactly 13 digits of them, so that no other unit can be meant.
  /// - Throws: `ParseError` for anything else.
  public init(parsing source: String) throws(ParseError) {
    var bytes = Array(source.utf8)
    if bytes.count >= 2, bytes.first == UInt8(ascii: "\""), bytes.last == UInt8(ascii: "\"") {
      bytes = Array(bytes.dropFirst().dropLast())
    }
    if bytes.count == TimeLiteral.epochDigitCount, let milliseconds = Int64(source) {
      self = .instant(Timestamp(milliseconds: milliseconds))
      return
    }
    do throws(Defect) {
      self = try TimeReading(bytes).literal
    } catch {
      throw ParseError(
        source: source, range: 0..<source.utf8.count, problem: error.problem, hint: error.hint)
    }
  }

  /// Epoch milliseconds of the years 2001 to 2286 have this many digits.
  private static let epochDigitCount = 13
}
