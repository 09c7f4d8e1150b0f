/// `"0102 ff"` as bytes; spaces are for the reader.
func bytes(hex: String) -> [UInt8] {
  var digits = hex.filter { !$0.isWhitespace }[...]
  var result: [UInt8] = []
  while let high = digits.popFirst(), let low = digits.popFirst() {
    guard let byte = UInt8(String([high, low]), radix: 16) else {
      preconditionFailure("no hexadecimal byte: \(high)\(low)")
    }
    result.append(byte)
  }
  return result
}

/// The bytes in hexadecimal.
func hex(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
