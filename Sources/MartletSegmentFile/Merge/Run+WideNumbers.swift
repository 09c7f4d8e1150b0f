import MartletModel

extension Run {
  /// The number that a text of a column of wide numbers says.
  func wideNumber(_ text: ArraySlice<UInt8>) throws(MartletError) -> Number {
    guard let text = Text(validating: text), let number = Number(parsing: text.string) else {
      throw corrupt("a wide number is no number")
    }
    return number
  }
}
