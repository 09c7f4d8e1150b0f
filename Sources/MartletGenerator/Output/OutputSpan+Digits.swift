extension OutputSpan<UInt8> {
  /// Appends a number's decimal digits.
  mutating func append(decimal value: UInt64) {
    var digits = InlineArray<20, UInt8>(repeating: 0)
    var (position, rest) = (20, value)
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      position -= 1
      digits[position] = UInt8(truncatingIfNeeded: digit) + UInt8(ascii: "0")
      rest = quotient
    } while rest != 0
    for index in position..<20 { append(digits[index]) }
  }

  /// Appends a number below 100 as two digits.
  mutating func append(twoDigits value: Int) {
    append(UInt8(truncatingIfNeeded: value / 10) + UInt8(ascii: "0"))
    append(UInt8(truncatingIfNeeded: value % 10) + UInt8(ascii: "0"))
  }

  /// Appends a number's 16 hexadecimal digits.
  mutating func append(hexadecimal value: UInt64) {
    for shift in stride(from: UInt64(60), through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: (value >> shift) & 15)
      append(digit < 10 ? digit + UInt8(ascii: "0") : digit - 10 + UInt8(ascii: "a"))
    }
  }

  /// Appends `bytes[range]`.
  mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    let part = bytes.extracting(range)
    for index in part.indices { append(part[index]) }
  }

  /// Appends all of `bytes`.
  mutating func append(all bytes: [UInt8]) { append(bytes.span, 0..<bytes.count) }
}
