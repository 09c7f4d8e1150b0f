/// Powers of ten within `Int64`.
package enum DecimalScale {
  private static let powers: [Int64] = {
    var powers: [Int64] = [1]
    for _ in 0..<18 { powers.append(powers[powers.count - 1] * 10) }
    return powers
  }()

  /// 10^`places`, for 0...18 places.
  package static func power(_ places: Int) -> Int64 { powers[places] }
}
