/// A decimal number, exactly as it was written: `significand × 10^exponent`.
///
/// Always normalised: no trailing zeros in the significand where the exponent is negative or the
/// value is no `Int64`, exponent 0 for every value that is an `Int64`. So equal numbers have equal
/// fields, and `1`, `1.0` and `1e0` are one number.
///
/// A store keeps up to 38 significant digits and exponents from -400 to 400 (`Limits`).
public struct Number: Hashable, Sendable {
  public let significand: Int128
  public let exponent: Int

  public init(_ value: Int64) {
    (significand, exponent) = (Int128(value), 0)
  }

  /// Makes the number `significand × 10^exponent`.
  public init(significand: Int128, exponent: Int) {
    var (digits, power) = (significand, exponent)
    if digits == 0 { power = 0 }
    while power != 0 || Int64(exactly: digits) == nil, digits % 10 == 0, digits != 0 {
      digits /= 10
      power += 1
    }
    // A positive exponent is folded in where the value is an Int64 after all.
    var (whole, left) = (digits, power)
    while left > 0, let next = Number.timesTen(whole), Int64(exactly: next) != nil {
      whole = next
      left -= 1
    }
    if left == 0 { (digits, power) = (whole, 0) }
    (self.significand, self.exponent) = (digits, power)
  }

  /// The decimal with the fewest digits that reads back as this double; nil where it is not finite.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    guard let number = Number(parsing: value.description) else { return nil }
    self = number
  }

  /// The value where it is an integer within `Int64`.
  public var integer: Int64? { exponent == 0 ? Int64(exactly: significand) : nil }

  private static func timesTen(_ value: Int128) -> Int128? {
    let (product, overflow) = value.multipliedReportingOverflow(by: 10)
    return overflow ? nil : product
  }
}

extension Number {
  /// Parses `-12.50`, `3`, `1e-7`, `2.5E+3`; nil where it is no number or exceeds `Limits`.
  public init?(parsing text: String) {
    var digits: Int128 = 0
    var (digitCount, scale, sawDigit, sawPoint) = (0, 0, false, false)
    var bytes = text.utf8[...]
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { bytes.removeFirst() }
    while let byte = bytes.first {
      if byte >= 48, byte <= 57 {
        sawDigit = true
        if digits != 0 || byte != 48 { digitCount += 1 }
        // Trailing zeros past the limit cost nothing; other digits would.
        if digitCount > Limits.numberDigits {
          guard byte == 48 else { return nil }
          if !sawPoint { scale -= 1 }
        } else {
          digits = digits * 10 + Int128(byte - 48)
          if sawPoint { scale += 1 }
        }
      } else if byte == UInt8(ascii: "."), !sawPoint, sawDigit {
        sawPoint = true
      } else {
        break
      }
      bytes.removeFirst()
    }
    guard sawDigit else { return nil }
    var power = 0
    if let mark = bytes.first {
      guard mark | 0x20 == UInt8(ascii: "e") else { return nil }
      guard let parsed = Int(String(Substring(bytes.dropFirst()))), abs(parsed) < 10_000 else {
        return nil
      }
      power = parsed
    }
    self.init(significand: isNegative ? -digits : digits, exponent: power - scale)
    guard abs(exponent) <= Limits.numberExponent else { return nil }
  }
}

extension Number: Comparable {
  /// - Complexity: O(difference of exponents), at most 39 steps.
  public static func < (left: Number, right: Number) -> Bool {
    if left.exponent == right.exponent { return left.significand < right.significand }
    let (leftSign, rightSign) = (left.significand.signum(), right.significand.signum())
    if leftSign != rightSign { return leftSign < rightSign }
    if leftSign < 0 { return right.negated < left.negated }
    // Both positive: bring the larger exponent down; overflow means that it is the larger number.
    if left.exponent > right.exponent {
      guard let scaled = left.scaledSignificand(toExponent: right.exponent) else { return false }
      return scaled < right.significand
    }
    guard let scaled = right.scaledSignificand(toExponent: left.exponent) else { return true }
    return left.significand < scaled
  }

  /// The significand at a smaller or equal exponent, or nil where it does not fit.
  public func scaledSignificand(toExponent target: Int) -> Int128? {
    precondition(target <= exponent)
    var value = significand
    if value == 0 { return 0 }
    for _ in 0..<(exponent - target) {
      guard let next = Number.timesTen(value) else { return nil }
      value = next
    }
    return value
  }

  /// The number with the other sign.
  public var negated: Number { Number(significand: -significand, exponent: exponent) }
}

extension Number: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  public init(integerLiteral value: Int64) { self.init(value) }

  /// - Precondition: a finite literal.
  public init(floatLiteral value: Double) {
    guard let number = Number(value) else { preconditionFailure("a number is finite") }
    self = number
  }
}

extension Number: CustomStringConvertible {
  /// Plain digits where the exponent is small (`120.5`), scientific otherwise (`5e-324`).
  public var description: String {
    if exponent == 0 { return String(significand) }
    let digits = String(significand.magnitude)
    let sign = significand < 0 ? "-" : ""
    if exponent > 0 || exponent < -40 { return "\(sign)\(digits)e\(exponent)" }
    let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.utf8.count)) + digits
    let split = padded.index(padded.endIndex, offsetBy: exponent)
    return sign + padded[..<split] + "." + padded[split...]
  }
}
