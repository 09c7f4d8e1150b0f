/// Numbers as people and programs read them.
enum Decimals {
  /// `1234567` as `1,234,567`.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var output = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { output.append(",") }
      output.append(digit)
    }
    return output
  }

  /// `1234` as `1.234`, `1200` as `1.2`, `1000` as `1`.
  static func text(ofThousandths number: Int) -> String {
    let (whole, rest) = number.magnitude.quotientAndRemainder(dividingBy: 1000)
    var output = (number < 0 ? "-" : "") + String(whole)
    guard rest > 0 else { return output }
    var digits = String(1000 + rest).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    output += "." + digits
    return output
  }

  /// The quotient in thousandths, rounded; 0 where the divisor is.
  static func thousandths(_ dividend: Int, by divisor: Int) -> Int {
    guard divisor > 0 else { return 0 }
    return Int((Double(dividend) / Double(divisor) * 1000).rounded())
  }

  /// `1234567` bytes as `1.2 MB`.
  static func bytes(_ count: Int) -> String {
    var (value, unit) = (count * 10, 0)
    while value >= 10_000, unit < 4 { (value, unit) = (value / 1000, unit + 1) }
    let name = ["B", "kB", "MB", "GB", "TB"][unit]
    return unit == 0 ? "\(count) B" : "\(value / 10).\(value % 10) \(name)"
  }
}

extension Duration {
  /// Whole milliseconds.
  var milliseconds: Int {
    Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }

  /// Whole microseconds.
  var microseconds: Int {
    Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000)
  }
}
