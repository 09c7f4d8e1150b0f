extension TimestampParser {
  /// Reads a decimal number of seconds, milliseconds or microseconds, `-1772355911.120`.
  static func parseEpoch(_ text: ByteWindow, from start: Int, to end: Int) -> Outcome {
    var position = start
    let isNegative = position < end && text[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    var (value, digitCount, scale, sawPoint) = (Int64(0), 0, UInt8(0), false)
    while position < end {
      let digit = text[position] &- UInt8(ascii: "0")
      if digit <= 9 {
        digitCount += 1
        if digitCount > 18 { return .malformed }
        value = value * 10 + Int64(digit)
        if sawPoint { scale += 1 }
      } else if text[position] == UInt8(ascii: "."), !sawPoint, digitCount > 0,
        position + 1 < end
      {
        sawPoint = true
      } else {
        return .malformed
      }
      position += 1
    }
    guard digitCount > 0 else { return .malformed }
    return epoch(significand: isNegative ? -value : value, scale: scale)
  }

  /// The instant that the number `significand / 10^scale` stands for, its unit by its magnitude:
  /// below 10^11 seconds, below 10^14 milliseconds, below 10^17 microseconds.
  ///
  /// What is finer than a millisecond is cut, towards the past.
  static func epoch(significand: Int64, scale: UInt8) -> Outcome {
    var one: Int128 = 1
    for _ in 0..<scale { one *= 10 }
    let (value, magnitude) = (Int128(significand), Int128(significand.magnitude))
    let (numerator, divisor, reading): (Int128, Int128, TimestampReading)
    if magnitude < 100_000_000_000 * one {
      (numerator, divisor, reading) = (value * 1000, one, .epochSeconds)
    } else if magnitude < 100_000_000_000_000 * one {
      (numerator, divisor, reading) = (value, one, .epochMilliseconds)
    } else if magnitude < 100_000_000_000_000_000 * one {
      (numerator, divisor, reading) = (value, one * 1000, .epochMicroseconds)
    } else {
      return .outOfRange
    }
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: divisor)
    return ranged(Int64(remainder < 0 ? quotient - 1 : quotient), reading)
  }
}
