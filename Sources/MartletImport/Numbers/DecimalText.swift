import MartletModel

/// Reads the numbers that need care: many digits, or an exponent.
enum DecimalText {
  /// Why a text of digits is not accepted.
  enum Problem: Error {
    case integerTooLarge
    case notFinite
    case tooManyDigits

    var reason: String {
      switch self {
      case .integerTooLarge: "integer beyond 64 bits"
      case .notFinite: "number not finite: beyond the range of a double"
      case .tooManyDigits:
        "number with more than \(Limits.numberDigits) digits or an exponent beyond "
          + "\(Limits.numberExponent)"
      }
    }
  }

  /// Reads a decimal in JSON's grammar.
  /// - Parameter isInteger: whether it is written without point and exponent; such a number must
  ///   be an `Int64`.
  static func parse(_ bytes: [UInt8], isInteger: Bool) -> Result<Number, Problem> {
    let text = String(decoding: bytes, as: UTF8.self)
    if isInteger {
      guard let integer = Int64(text) else { return .failure(.integerTooLarge) }
      return .success(Number(integer))
    }
    if let double = Double(text), double.isInfinite { return .failure(.notFinite) }
    guard let number = Number(parsing: text) else { return .failure(.tooManyDigits) }
    return .success(number)
  }
}
