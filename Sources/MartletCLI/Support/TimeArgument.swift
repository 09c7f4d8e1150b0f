import Martlet

/// A time as options take it: a date, a date and time, or epoch milliseconds.
enum TimeArgument {
  /// - Parameters:
  ///   - option: that the text was given for; errors name it.
  ///   - zone: of a time that names none.
  /// - Throws: `.usage` for a malformed time or an unknown zone.
  static func instant(
    _ text: String, of option: String, inZone zone: String
  ) throws(MartletError) -> Timestamp {
    let literal: TimeLiteral
    do throws(ParseError) {
      literal = try TimeLiteral(parsing: text)
    } catch {
      throw MartletError(
        .usage, place: "\(option) \(Table.printable(text))", error.problem, remedy: error.hint)
    }
    return try literal.instant(inZone: zone)
  }
}
