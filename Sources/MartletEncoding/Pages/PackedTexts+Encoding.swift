extension PackedTexts {
  /// Strings of one length as a page of this form; nil where they differ in more than hexadecimal
  /// digits of one case.
  /// - Parameter strings: `count` strings of at least one byte each, one after the other.
  /// - Complexity: O(bytes)
  static func encode(_ strings: ArraySlice<UInt8>, count: Int) -> [UInt8]? {
    let byteCount = strings.count / count
    let positions = digitPositions(strings, byteCount)
    // Decimal digits are both; they are written as lower case.
    for digits in [Format.HexadecimalDigits.lowerCase, .upperCase] {
      guard let records = records(of: strings, byteCount, positions, digits) else { continue }
      var writer = ByteWriter()
      writer.writeUInt8(Format.TextScheme.packed.rawValue)
      writer.writeVarint(UInt64(strings.count))
      writer.writeUInt8(digits.rawValue)
      var mask = [UInt8](repeating: 0, count: maskByteCount(ofTexts: byteCount))
      var template: [UInt8] = []
      var next = 0
      for position in positions {
        mask[position >> 3] |= 1 << UInt8(position & 7)
        template += strings[strings.startIndex + next..<strings.startIndex + position]
        next = position + 1
      }
      template += strings[strings.startIndex + next..<strings.startIndex + byteCount]
      writer.writeBytes(mask + template + records)
      return writer.bytes
    }
    return nil
  }

  /// Where not all strings have the byte of the first.
  private static func digitPositions(_ strings: ArraySlice<UInt8>, _ byteCount: Int) -> [Int] {
    let first = Array(strings.prefix(byteCount))
    var differences = [UInt8](repeating: 0, count: byteCount)
    var start = strings.startIndex
    while start < strings.endIndex {
      for position in 0..<byteCount {
        differences[position] |= strings[start + position] ^ first[position]
      }
      start += byteCount
    }
    return differences.indices.filter { differences[$0] != 0 }
  }

  /// The digits of each string; nil where a byte is none.
  private static func records(
    of strings: ArraySlice<UInt8>, _ byteCount: Int, _ positions: [Int],
    _ digits: Format.HexadecimalDigits
  ) -> [UInt8]? {
    let values = digits.values
    let size = recordByteCount(ofDigits: positions.count)
    var records = [UInt8](repeating: 0, count: strings.count / byteCount * size)
    var (record, start) = (0, strings.startIndex)
    while start < strings.endIndex {
      var all: UInt8 = 0
      for (digit, position) in positions.enumerated() {
        let value = values[Int(strings[start + position])]
        all |= value
        records[record + (digit >> 1)] |= value << UInt8((digit & 1) * 4)
      }
      guard all < 16 else { return nil }
      start += byteCount
      record += size
    }
    return records
  }
}
