import MartletModel

extension Number {
  /// The significand and the decimal places of a number that a column of numbers can hold.
  var plain: (value: Int64, places: Int)? {
    guard (-18...0).contains(exponent), let value = Int64(exactly: significand) else { return nil }
    return (value, -exponent)
  }
}
