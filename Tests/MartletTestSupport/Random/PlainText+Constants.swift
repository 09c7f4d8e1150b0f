import MartletLanguage
import MartletModel

extension PlainText {
  static func text(_ span: TimeSpan) -> String { "\(span.milliseconds) ms" }

  static func text(_ literal: Literal) -> String {
    switch literal {
    case .text(let text): quoted(text)
    case .number(let number): self.text(number)
    case .boolean(let flag): flag ? "true" : "false"
    }
  }

  /// All digits, since the language has no exponents.
  static func text(_ number: Number) -> String {
    let sign = number.significand < 0 ? "-" : ""
    let digits = String(number.significand.magnitude)
    if number.exponent >= 0 {
      return sign + digits + String(repeating: "0", count: number.exponent)
    }
    let missing = max(0, 1 - number.exponent - digits.utf8.count)
    let padded = String(repeating: "0", count: missing) + digits
    let whole = padded.utf8.count + number.exponent
    return sign + padded.prefix(whole) + "." + padded.dropFirst(whole)
  }

  /// In JSON's escapes; everything beyond ASCII escaped too, so that a printed line shows
  /// composed and decomposed forms apart.
  static func quoted(_ text: Text) -> String {
    let units = text.string.utf16.map { unit in
      switch unit {
      case 0x22: "\\\""
      case 0x5C: "\\\\"
      case 0x20...0x7E: String(UnicodeScalar(UInt8(unit)))
      default: "\\u" + String(0x10000 + Int(unit), radix: 16).dropFirst()
      }
    }
    return "\"" + units.joined() + "\""
  }

  static func text(_ literal: TimeLiteral) -> String {
    switch literal {
    case .instant(let timestamp): return timestamp.description
    case .local(let date, let millisecondOfDay):
      if millisecondOfDay == 0 { return date.description }
      let clock = Timestamp(milliseconds: millisecondOfDay).description
      // `1970-01-01T09:00:00.000Z`: the clock's part, without the zone.
      return date.description + clock.dropFirst(10).dropLast()
    }
  }
}
