import MartletModel

/// Cuts an expression's text into tokens. It never fails: what is none becomes an `invalid` one.
struct Lexer {
  private let bytes: [UInt8]
  private var position = 0
  private var tokens: [Token] = []

  private init(_ source: String) { bytes = Array(source.utf8) }

  /// The tokens of the source, the last of them `end`.
  /// - Complexity: O(bytes of the source).
  static func tokens(of source: String) -> [Token] {
    var lexer = Lexer(source)
    while lexer.skipBlanks() { lexer.readToken() }
    let end = lexer.tokens.last?.range.upperBound ?? 0
    lexer.tokens.append(Token(kind: .end, range: end..<end))
    return lexer.tokens
  }

  private func byte(at offset: Int = 0) -> UInt8? {
    position + offset < bytes.count ? bytes[position + offset] : nil
  }

  private func isDigit(at offset: Int) -> Bool {
    byte(at: offset).map { $0 >= 48 && $0 <= 57 } ?? false
  }

  private mutating func append(_ kind: Token.Kind, length: Int) {
    tokens.append(Token(kind: kind, range: position..<position + length))
    position += length
  }

  /// Skips white space and comments; false at the end.
  private mutating func skipBlanks() -> Bool {
    while let next = byte() {
      if next == 0x20 || next >= 0x09 && next <= 0x0D {
        position += 1
      } else if next == UInt8(ascii: "-"), byte(at: 1) == UInt8(ascii: "-") {
        while let skipped = byte(), skipped != 0x0A, skipped != 0x0D { position += 1 }
      } else {
        return true
      }
    }
    return false
  }

  private mutating func readToken() {
    guard let first = byte() else { return }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      readNumberOrTime()
    case UInt8(ascii: "-") where isDigit(at: 1):
      readNumberOrTime()
    case UInt8(ascii: "\""):
      let reading = QuotedText.read(bytes, at: position)
      switch reading.result {
      case .success(let text): append(.quoted(text), length: reading.end - position)
      case .failure(let defect): append(.invalid(defect), length: reading.end - position)
      }
    default:
      if let symbol = symbol() {
        append(.symbol(symbol), length: symbol.rawValue.utf8.count)
      } else {
        readWord()
      }
    }
  }

  private func symbol() -> Symbol? {
    // `==` and `<>` are left to `readOddity`, which says what to write instead.
    if byte(at: 1) == UInt8(ascii: "="), let first = byte() {
      switch first {
      case UInt8(ascii: "!"): return .notEqual
      case UInt8(ascii: "<"): return .lessOrEqual
      case UInt8(ascii: ">"): return .greaterOrEqual
      case UInt8(ascii: "="): return nil
      default: break
      }
    }
    if byte() == UInt8(ascii: "<"), byte(at: 1) == UInt8(ascii: ">") { return nil }
    guard let first = byte(), first < 0x80 else { return nil }
    return Symbol(rawValue: String(Unicode.Scalar(first)))
  }

  // MARK: Words

  private mutating func readWord() {
    guard let first = scalar(at: position), Identifier.canStart(first) else { return readOddity() }
    let end = endOfWord(from: position)
    // `page-view` is meant as one name; without this it would fail at the `-`, unexplained.
    if end < bytes.count, bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: ":"),
      let next = scalar(at: end + 1), Identifier.canContinue(next)
    {
      var whole = end
      while whole < bytes.count, let next = scalar(at: whole),
        Identifier.canContinue(next) || next == "-" || next == ":"
      {
        whole += UTF8.width(next)
      }
      let name = Text(String(decoding: bytes[position..<whole], as: UTF8.self))
      let isShort = name.utf8.count <= LanguageLimits.shownTokenLength
      let defect = Defect(
        "a name with `\(Unicode.Scalar(bytes[end]))` needs quotes",
        hint: isShort ? "write \(QuotedText.quote(name))" : nil)
      return append(.invalid(defect), length: whole - position)
    }
    let word = String(decoding: bytes[position..<end], as: UTF8.self)
    append(.word(Keyword(word: word)), length: end - position)
  }

  private func endOfWord(from start: Int) -> Int {
    var end = start
    while let next = scalar(at: end), Identifier.canContinue(next) { end += UTF8.width(next) }
    return end
  }

  private func scalar(at start: Int) -> Unicode.Scalar? {
    guard start < bytes.count else { return nil }
    var decoder = UTF8()
    var iterator = bytes[start..<min(start + 4, bytes.count)].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
    return scalar
  }

  /// A character that starts no token: says what to write where that can be guessed.
  private mutating func readOddity() {
    let oddities: [(String, String)] = [
      ("==", "equality is written `=`"), ("<>", "inequality is written `!=`"),
      ("&&", "write `and`"), ("||", "write `or`"), ("&", "write `and`"), ("|", "write `or`"),
      ("!", "write `not`"), ("'", "text and names stand in double quotes: \"…\""),
      ("`", "text and names stand in double quotes: \"…\""),
      ("“", "text and names stand in plain double quotes: \"…\""),
      ("”", "text and names stand in plain double quotes: \"…\""),
      ("≥", "write `>=`"), ("≤", "write `<=`"), ("≠", "write `!=`"),
      ("//", "a comment starts with `--`"), ("#", "a comment starts with `--`"),
      ("/*", "a comment starts with `--`"), ("{", "filters stand in `[…]`"),
      (";", "an expression ends without a mark"),
    ]
    for (spelling, hint) in oddities
    where bytes[position...].starts(with: spelling.utf8) {
      let defect = Defect("`\(spelling)` is no part of the language", hint: hint)
      return append(.invalid(defect), length: spelling.utf8.count)
    }
    let found = scalar(at: position) ?? "\u{FFFD}"
    let shown =
      found.properties.isWhitespace || found.properties.generalCategory == .control
        || found.properties.generalCategory == .format
      ? "U+" + String(found.value, radix: 16, uppercase: true) : "`\(found)`"
    append(
      .invalid(Defect("the character \(shown) is no part of the language")),
      length: UTF8.width(found))
  }
}

// MARK: - Numbers and times

extension Lexer {
  private mutating func readNumberOrTime() {
    var end = position + (byte() == UInt8(ascii: "-") ? 1 : 0)
    end = skipDigits(from: end)
    if end < bytes.count, bytes[end] == UInt8(ascii: "-"), isDigit(at: end + 1 - position) {
      return readTime()
    }
    if end < bytes.count, bytes[end] == UInt8(ascii: "."), isDigit(at: end + 1 - position) {
      end = skipDigits(from: end + 1)
    }
    if end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") {
      var power = end + 1
      if power < bytes.count, bytes[power] == UInt8(ascii: "-") || bytes[power] == 0x2B {
        power += 1
      }
      let powerEnd = skipDigits(from: power)
      if powerEnd > power { end = powerEnd }
    }
    let text = String(decoding: bytes[position..<end], as: UTF8.self)
    if let number = Number(parsing: text) {
      append(.number(number), length: end - position)
    } else {
      let defect = Defect(
        "a number has at most \(Limits.numberDigits) digits and a power of ten up to "
          + "\(Limits.numberExponent)")
      append(.invalid(defect), length: end - position)
    }
  }

  private func skipDigits(from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] >= 48, bytes[end] <= 57 { end += 1 }
    return end
  }

  private mutating func readTime() {
    var end = position
    func has(_ scalar: Unicode.Scalar) -> Bool {
      end < bytes.count && bytes[end] == UInt8(ascii: scalar)
    }
    func hasDigit(_ offset: Int) -> Bool {
      end + offset < bytes.count && bytes[end + offset] >= 48 && bytes[end + offset] <= 57
    }
    while hasDigit(0) || has("-") && hasDigit(1) { end += 1 }
    if has("T") || has("t"), hasDigit(1) {
      end += 1
      while hasDigit(0) || (has(":") || has(".") || has("+") || has("-")) && hasDigit(1) {
        end += 1
      }
      if has("Z") || has("z") { end += 1 }
    }
    do throws(Defect) {
      append(.time(try TimeReading(bytes[position..<end])), length: end - position)
    } catch {
      append(.invalid(error), length: end - position)
    }
  }
}
