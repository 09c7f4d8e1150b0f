import MartletModel

/// Reads one JSON document (RFC 8259), strictly: no comments, no duplicate keys, nothing after it.
struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// - Throws: `MartletError` (usage) naming the byte.
  static func read(_ bytes: [UInt8]) throws(MartletError) -> JSONValue {
    guard bytes.count <= LanguageLimits.sourceByteCount else {
      throw MartletError(
        .usage, "a segment's JSON has at most \(LanguageLimits.sourceByteCount) bytes")
    }
    var reader = JSONReader(bytes)
    let value = try reader.value(depth: 0)
    reader.skipBlanks()
    guard reader.position == bytes.count else {
      throw reader.failure("expected the end of the JSON")
    }
    return value
  }

  private func failure(_ reason: String, at place: Int? = nil) -> MartletError {
    MartletError(.usage, place: "JSON byte \(place ?? position)", reason)
  }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      position += 1
    }
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard next == UInt8(ascii: scalar) else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(MartletError) -> JSONValue {
    guard depth <= LanguageLimits.jsonNestingDepth else {
      throw failure("JSON nested more than \(LanguageLimits.jsonNestingDepth) levels deep")
    }
    if accept("{") { return try object(depth: depth) }
    if accept("[") { return try array(depth: depth) }
    guard let first = next else { throw failure("the JSON ends too early") }
    switch first {
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw failure("expected a JSON value")
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(MartletError) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else {
      throw failure("expected a JSON value")
    }
    position += word.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(MartletError) -> JSONValue {
    var fields: [JSONValue.Field] = []
    var keys: Set<Text> = []
    if accept("}") { return .object([]) }
    repeat {
      skipBlanks()
      let start = position
      guard next == UInt8(ascii: "\"") else { throw failure("expected a key in quotes") }
      let key = try string()
      guard keys.insert(key).inserted else {
        throw failure("the key \(QuotedText.quote(key)) stands twice", at: start)
      }
      guard accept(":") else { throw failure("expected `:`") }
      fields.append(.init(key: key, value: try value(depth: depth + 1)))
    } while accept(",")
    guard accept("}") else { throw failure("expected `,` or `}`") }
    return .object(fields)
  }

  private mutating func array(depth: Int) throws(MartletError) -> JSONValue {
    var items: [JSONValue] = []
    if accept("]") { return .array([]) }
    repeat { items.append(try value(depth: depth + 1)) } while accept(",")
    guard accept("]") else { throw failure("expected `,` or `]`") }
    return .array(items)
  }

  private mutating func string() throws(MartletError) -> Text {
    let reading = QuotedText.read(bytes, at: position)
    switch reading.result {
    case .success(let text):
      position = reading.end
      return text
    case .failure(let defect): throw failure(defect.problem)
    }
  }

  private mutating func number() throws(MartletError) -> Number {
    let start = position
    func isDigit(_ byte: UInt8?) -> Bool { byte.map { $0 >= 48 && $0 <= 57 } ?? false }
    func malformed() -> MartletError { failure("this is no JSON number", at: start) }
    if next == UInt8(ascii: "-") { position += 1 }
    let firstDigit = next
    guard isDigit(firstDigit) else { throw malformed() }
    position += 1
    if firstDigit != UInt8(ascii: "0") {
      while isDigit(next) { position += 1 }
    } else if isDigit(next) {
      throw malformed()
    }
    if next == UInt8(ascii: ".") {
      position += 1
      guard isDigit(next) else { throw malformed() }
      while isDigit(next) { position += 1 }
    }
    if let mark = next, mark | 0x20 == UInt8(ascii: "e") {
      position += 1
      if next == UInt8(ascii: "-") || next == UInt8(ascii: "+") { position += 1 }
      guard isDigit(next) else { throw malformed() }
      while isDigit(next) { position += 1 }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let number = Number(parsing: text) else {
      throw failure(
        "a number has at most \(Limits.numberDigits) digits and a power of ten up to "
          + "\(Limits.numberExponent)", at: start)
    }
    return number
  }
}
