import MartletModel

/// Reads one JSON text (RFC 8259) into a tree.
public struct JSONReader {
  private let bytes: [UInt8]
  private var place = 0

  /// - Throws: `MartletError` with the byte at which the text stops being JSON.
  public static func parse(_ bytes: [UInt8]) throws -> JSONTree {
    var reader = JSONReader(bytes: bytes)
    let tree = try reader.value()
    reader.skipSpace()
    guard reader.place == bytes.count else { throw reader.failure("text behind the value") }
    return tree
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func failure(_ reason: String) -> MartletError {
    MartletError(.badData, place: "byte \(place)", reason)
  }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipSpace() {
    while place < bytes.count {
      let byte = bytes[place]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      place += 1
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard next == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws {
    guard take(character) else { throw failure("expected \(character)") }
  }

  private mutating func value() throws -> JSONTree {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    default: break
    }
    let start = place
    while let byte = next, isWordByte(byte) { place += 1 }
    let word = String(decoding: bytes[start..<place], as: UTF8.self)
    switch word {
    case "null": return .null
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    default:
      guard let first = word.utf8.first, first == 0x2D || (0x30...0x39).contains(first) else {
        throw failure("expected a value")
      }
      return .number(word)
    }
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
      || [0x2B, 0x2D, 0x2E, 0x45].contains(byte)
  }

  private mutating func object() throws -> JSONTree {
    try expect("{")
    var members: [JSONTree.Member] = []
    if take("}") { return .object(members) }
    repeat {
      skipSpace()
      let name = try string()
      try expect(":")
      members.append(JSONTree.Member(name: name, value: try value()))
    } while take(",")
    try expect("}")
    return .object(members)
  }

  private mutating func array() throws -> JSONTree {
    try expect("[")
    var items: [JSONTree] = []
    if take("]") { return .array(items) }
    repeat { items.append(try value()) } while take(",")
    try expect("]")
    return .array(items)
  }

  private mutating func string() throws -> String {
    guard next == UInt8(ascii: "\"") else { throw failure("expected a string") }
    place += 1
    var content: [UInt8] = []
    var start = place
    while place < bytes.count, bytes[place] != 0x22 {
      if bytes[place] == 0x5C {
        content += bytes[start..<place]
        place += 1
        content += Array(String(try escape()).utf8)
        start = place
      } else {
        place += 1
      }
    }
    content += bytes[start..<place]
    guard next != nil else { throw failure("a string without an end") }
    place += 1
    guard let string = String(validating: content, as: UTF8.self) else {
      throw failure("a string that is not UTF-8")
    }
    return string
  }

  private mutating func escape() throws -> Unicode.Scalar {
    guard let byte = next else { throw failure("an escape without an end") }
    place += 1
    switch Unicode.Scalar(byte) {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "u":
      let high = try hexadecimal()
      if let scalar = Unicode.Scalar(high) { return scalar }
      guard place + 2 <= bytes.count, bytes[place..<place + 2].elementsEqual([0x5C, 0x75]) else {
        throw failure("half a surrogate pair")
      }
      place += 2
      let low = try hexadecimal()
      guard (0xD800...0xDBFF).contains(high), (0xDC00...0xDFFF).contains(low),
        let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      else { throw failure("half a surrogate pair") }
      return scalar
    case "\"", "\\", "/": return Unicode.Scalar(byte)
    default: throw failure("an unknown escape")
    }
  }

  private mutating func hexadecimal() throws -> UInt32 {
    guard place + 4 <= bytes.count,
      let code = UInt32(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    else { throw failure("expected four hexadecimal digits") }
    place += 4
    return code
  }
}
