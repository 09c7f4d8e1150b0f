extension OutputSpan<UInt8> {
  /// Appends UTF-8 bytes as one CSV field, quoted where RFC 4180 asks for it: at most two bytes
  /// for each, and two quotes.
  mutating func append(csvText bytes: Span<UInt8>, _ range: Range<Int>) {
    let field = bytes.extracting(range)
    var needsQuotes = false
    for index in field.indices {
      switch field[index] {
      case UInt8(ascii: ","), UInt8(ascii: "\""), 0x0A, 0x0D: needsQuotes = true
      default: break
      }
    }
    guard needsQuotes else {
      for index in field.indices { append(field[index]) }
      return
    }
    append(UInt8(ascii: "\""))
    for index in field.indices {
      if field[index] == UInt8(ascii: "\"") { append(UInt8(ascii: "\"")) }
      append(field[index])
    }
    append(UInt8(ascii: "\""))
  }
}
