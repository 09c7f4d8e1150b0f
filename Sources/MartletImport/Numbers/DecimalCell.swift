import MartletModel

/// A number in the form that a cell has for it.
enum DecimalCell {
  case small(significand: Int64, scale: UInt8)
  case wide(Number)

  init(_ number: Number) {
    if (-18...0).contains(number.exponent), let small = Int64(exactly: number.significand) {
      self = .small(significand: small, scale: UInt8(-number.exponent))
    } else {
      self = .wide(number)
    }
  }
}
