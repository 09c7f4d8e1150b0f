/// Tells whether a line is one JSON value (RFC 8259), and nothing else.
struct JSONCheck {
  private let bytes: [UInt8]
  private var position = 0

  static func isValid(_ line: some Sequence<UInt8>) -> Bool {
    var check = JSONCheck(bytes: Array(line))
    return check.value() && check.position == check.bytes.count
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: scalar) else { return false }
    position += 1
    return true
  }

  private mutating func value() -> Bool {
    switch next {
    case UInt8(ascii: "{"): return members("{", "}") { $0.string() && $0.take(":") && $0.value() }
    case UInt8(ascii: "["): return members("[", "]") { $0.value() }
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "n"): return word("null")
    default: return number()
    }
  }

  private mutating func members(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ member: (inout JSONCheck) -> Bool
  ) -> Bool {
    guard take(open) else { return false }
    if take(close) { return true }
    repeat { guard member(&self) else { return false } } while take(",")
    return take(close)
  }

  private mutating func string() -> Bool {
    guard take("\"") else { return false }
    while let byte = next, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { return false }
      position += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return take("\"")
  }

  private mutating func word(_ word: String) -> Bool {
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  private mutating func number() -> Bool {
    _ = take("-")
    let isZero = next == UInt8(ascii: "0")
    let whole = digits()
    guard whole > 0, !isZero || whole == 1 else { return false }
    return !take(".") || digits() > 0
  }

  private mutating func digits() -> Int {
    let start = position
    while let byte = next, byte >= 48, byte <= 57 { position += 1 }
    return position - start
  }
}
