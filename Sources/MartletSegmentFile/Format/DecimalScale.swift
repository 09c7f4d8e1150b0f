/// Powers of ten within `Int64`.
package enum DecimalScale {
  private static let powers: [Int64] = {
    var powers: [Int64] = [1]
    for _ in 0..<18 { powers.append(powers[powers.count - 1] * 10) }
    return powers
  }()

  /// 10^`places`, for 0...18 places.
  package static func power(_ places: Int) -> Int64 { powers[places] }

  /// A significand with `from` decimal places as one with `to` places, which are no fewer; nil
  /// where it does not fit.
  @inline(__always)
  static func rescaled(_ value: Int64, from: Int, to: Int) -> Int64? {
    let (scaled, overflow) = value.multipliedReportingOverflow(by: powers[to - from])
    return overflow ? nil : scaled
  }
}
