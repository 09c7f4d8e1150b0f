/// Hexadecimal digits as bytes; white space is for the reader.
func bytes(hex: String) -> [UInt8] {
  var result: [UInt8] = []
  var high: UInt8?
  for digit in hex.utf8 where digit > 0x20 {
    let value = digit <= 0x39 ? digit - 0x30 : (digit | 0x20) - 0x61 + 10
    if let first = high {
      result.append(first << 4 | value)
      high = nil
    } else {
      high = value
    }
  }
  return result
}
