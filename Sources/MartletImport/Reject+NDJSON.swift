extension Reject {
  /// The reject as a line of a rejects file, its line end included (`formats/import.md`):
  /// `{"file":"x.ndjson","line":12,"field":"timestamp","reason":"not a timestamp","raw":"..."}`.
  ///
  /// Bytes of the line that are no UTF-8 become U+FFFD.
  /// - Complexity: O(length of `raw`)
  public var ndjson: [UInt8] {
    var line = Array("{\"file\":".utf8)
    Self.appendString(file.utf8, to: &line)
    let number = self.line.map { String($0) } ?? "null"
    line += ",\"line\":\(number),\"field\":".utf8
    if let field { Self.appendString(field.utf8, to: &line) } else { line += "null".utf8 }
    line += ",\"reason\":".utf8
    Self.appendString(reason.utf8, to: &line)
    line += ",\"raw\":".utf8
    Self.appendString(String(decoding: raw, as: UTF8.self).utf8, to: &line)
    if isTruncated { line += ",\"truncated\":true".utf8 }
    line += "}\n".utf8
    return line
  }

  /// Appends a JSON string with these valid UTF-8 bytes.
  private static func appendString(_ bytes: some Sequence<UInt8>, to line: inout [UInt8]) {
    line.append(UInt8(ascii: "\""))
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): line += [UInt8(ascii: "\\"), byte]
      case 0x0A: line += "\\n".utf8
      case 0x0D: line += "\\r".utf8
      case 0x09: line += "\\t".utf8
      case 0..<0x20, 0x7F:
        let digits = String(byte, radix: 16)
        line += ("\\u00" + (digits.utf8.count == 1 ? "0" : "") + digits).utf8
      default: line.append(byte)
      }
    }
    line.append(UInt8(ascii: "\""))
  }
}
