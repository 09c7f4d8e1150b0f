import MartletModel

/// A scalar as a stored cell says it.
enum CellValue {
  case number(significand: Int64, places: Int)
  case wideNumber(Number)
  case text(ArraySlice<UInt8>)
  case boolean(Int64)
  case null
}

extension PropertyCells {
  /// What a scalar's kind and payload say, where texts are written out.
  /// - Parameter scale: decimal places of numbers at the cell's level.
  func value(_ kind: UInt8, _ payload: Int64, scale: Int) -> CellValue {
    switch ColumnKind(rawValue: kind) {
    case .number:
      // The fewest places: what other rows need does not matter to these.
      let number = Number(significand: Int128(payload), exponent: -scale)
      guard let plain = number.plain else { return .wideNumber(number) }
      return .number(significand: plain.value, places: plain.places)
    case .wideNumber: return .wideNumber(numbers[Int(payload)])
    case .plainText: return .text(texts[Int(payload)])
    case .boolean: return .boolean(payload)
    case .null: return .null
    case .text, .list, nil: preconditionFailure("a cell is a scalar, its text written out")
    }
  }
}
