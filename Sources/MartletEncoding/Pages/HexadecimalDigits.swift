extension Format.HexadecimalDigits {
  /// What stands in `values` for a byte that is no digit.
  static let none: UInt8 = 0xF0

  private static let lowerCaseValues = values(firstLetter: 0x61)
  private static let upperCaseValues = values(firstLetter: 0x41)

  private static func values(firstLetter: UInt8) -> [UInt8] {
    (0...UInt8.max).map { byte in
      if (0x30...0x39).contains(byte) { return byte - 0x30 }
      return (firstLetter..<firstLetter + 6).contains(byte) ? byte - firstLetter + 10 : none
    }
  }

  /// By byte: the value of the digit, 0 ... 15, or `none`.
  var values: [UInt8] {
    switch self {
    case .lowerCase: Self.lowerCaseValues
    case .upperCase: Self.upperCaseValues
    }
  }

  /// The digits for 0 ... 15.
  var characters: [UInt8] {
    Array((self == .lowerCase ? "0123456789abcdef" : "0123456789ABCDEF").utf8)
  }
}
