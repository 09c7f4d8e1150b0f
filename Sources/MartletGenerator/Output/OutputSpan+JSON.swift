extension OutputSpan<UInt8> {
  /// Appends a literal's bytes.
  mutating func append(_ literal: String) {
    for byte in literal.utf8 { append(byte) }
  }

  /// Appends UTF-8 bytes as a JSON string: at most six bytes for each, and two quotes.
  mutating func append(jsonText bytes: Span<UInt8>, _ range: Range<Int>) {
    append(UInt8(ascii: "\""))
    for index in range {
      let byte = bytes[index]
      if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        append(byte)
      } else {
        append(jsonEscapeOf: byte)
      }
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func append(jsonEscapeOf byte: UInt8) {
    append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0D: append(UInt8(ascii: "r"))
    case 0x09: append(UInt8(ascii: "t"))
    default:
      append("u00")
      let low = byte & 15
      append((byte >> 4) + UInt8(ascii: "0"))
      append(low < 10 ? low + UInt8(ascii: "0") : low - 10 + UInt8(ascii: "a"))
    }
  }

  /// Appends `significand / 10^scale` in plain digits: at most 22 bytes.
  mutating func append(significand: Int64, scale: Int) {
    if significand < 0 { append(UInt8(ascii: "-")) }
    guard scale > 0 else { return append(decimal: significand.magnitude) }
    var power: UInt64 = 1
    for _ in 0..<scale { power *= 10 }
    let (whole, fraction) = significand.magnitude.quotientAndRemainder(dividingBy: power)
    append(decimal: whole)
    append(UInt8(ascii: "."))
    var rest = fraction
    while power > 1 {
      power /= 10
      let (digit, lower) = rest.quotientAndRemainder(dividingBy: power)
      append(UInt8(truncatingIfNeeded: digit) + UInt8(ascii: "0"))
      rest = lower
    }
  }
}
