import MartletModel

extension JSONParser {
  /// Reads the string whose opening quote lies before `start` and appends its characters to the
  /// arena. Returns the offset after the closing quote.
  @inline(__always)
  mutating func string(at start: Int) -> Int {
    var (source, target) = (start, arena.count)
    while true {
      let word = input.word(at: source)
      arena.store(word, at: target)
      let stops = Swar.jsonStringStops(word)
      if stops == 0 {
        source += 8
        target += 8
        continue
      }
      let plain = Swar.index(stops)
      source += plain
      target += plain
      guard input[source] == UInt8(ascii: "\"") else {
        return stringTail(at: source, target: target)
      }
      arena.setCount(target)
      return source + 1
    }
  }

  /// Goes on with a string from its first byte that is not plain ASCII.
  @inline(never)
  private mutating func stringTail(at start: Int, target: Int) -> Int {
    var (source, target) = (start, target)
    while true {
      let word = input.word(at: source)
      arena.store(word, at: target)
      let stops = Swar.jsonStringStops(word)
      if stops == 0 {
        source += 8
        target += 8
        continue
      }
      let plain = Swar.index(stops)
      source += plain
      target += plain
      let byte = input[source]
      if byte == UInt8(ascii: "\"") {
        arena.setCount(target)
        return source + 1
      } else if byte == UInt8(ascii: "\\") {
        (source, target) = escape(at: source + 1, target: target)
        if source < 0 { return source }
      } else if byte >= 0x80 {
        guard let end = input.endOfCharacter(at: source) else {
          return fail("invalid UTF-8 at byte \(source - lineStart + 1)")
        }
        // The word was stored up to here; a character may reach past it.
        arena.store(input.word(at: source), at: target)
        target += end - source
        source = end
      } else {
        return failUnfinished(at: source)
      }
    }
  }

  /// Fails at a byte below 0x20 in a string.
  @inline(never)
  private mutating func failUnfinished(at offset: Int) -> Int {
    if input[offset] == 0x0A { return fail("invalid JSON: the line ends within a string") }
    let place = offset - lineStart + 1
    return fail("invalid JSON at byte \(place): a control character within a string")
  }

  /// Reads the escape whose backslash lies before `start` into the arena at `target`.
  private mutating func escape(at start: Int, target: Int) -> (source: Int, target: Int) {
    let byte: UInt8
    switch input[start] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte = input[start]
    case UInt8(ascii: "b"): byte = 0x08
    case UInt8(ascii: "f"): byte = 0x0C
    case UInt8(ascii: "n"): byte = 0x0A
    case UInt8(ascii: "r"): byte = 0x0D
    case UInt8(ascii: "t"): byte = 0x09
    case UInt8(ascii: "u"): return unicodeEscape(at: start + 1, target: target)
    default: return (failSyntax("an escape", at: start), target)
    }
    arena.store(byte, at: target)
    return (start + 1, target + 1)
  }

  /// Reads the digits of `\uXXXX`, and those of the second half of a surrogate pair.
  private mutating func unicodeEscape(at start: Int, target: Int) -> (source: Int, target: Int) {
    guard let first = hexadecimal(at: start) else {
      return (failSyntax("four hexadecimal digits after \\u", at: start), target)
    }
    var (code, end) = (first, start + 4)
    if (0xD800...0xDBFF).contains(first) {
      guard input[end] == UInt8(ascii: "\\"), input[end + 1] == UInt8(ascii: "u"),
        let second = hexadecimal(at: end + 2), (0xDC00...0xDFFF).contains(second)
      else { return (fail(loneSurrogate(at: start)), target) }
      code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
      end += 6
    }
    guard let scalar = UnicodeScalar(code) else {
      return (fail(loneSurrogate(at: start)), target)
    }
    var target = target
    for byte in String(Character(scalar)).utf8 {
      arena.store(byte, at: target)
      target += 1
    }
    return (end, target)
  }

  private func loneSurrogate(at offset: Int) -> String {
    "invalid JSON at byte \(offset - lineStart - 1): a lone surrogate"
  }

  private func hexadecimal(at offset: Int) -> UInt32? {
    var value: UInt32 = 0
    for index in offset..<offset + 4 {
      let byte = input[index]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte & 0xF)
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        value = value << 4 | UInt32(byte & 0xF + 9)
      default: return nil
      }
    }
    return value
  }

  /// Finds the end of a string without copying it: the offset after its closing quote, and whether
  /// it has escapes. Non-ASCII characters are validated.
  mutating func scanString(at start: Int) -> (end: Int, hasEscape: Bool) {
    var (position, hasEscape) = (start, false)
    while true {
      let stops = Swar.jsonStringStops(input.word(at: position))
      if stops == 0 {
        position += 8
        continue
      }
      position += Swar.index(stops)
      switch input[position] {
      case UInt8(ascii: "\""):
        return (position + 1, hasEscape)
      case UInt8(ascii: "\\"):
        hasEscape = true
        // The escape itself is checked where it is read; a line end must stop the scan.
        if input[position + 1] < 0x20 { return (failUnfinished(at: position + 1), hasEscape) }
        position += input[position + 1] >= 0x80 ? 1 : 2
      case 0x80...:
        guard let end = input.endOfCharacter(at: position) else {
          return (fail("invalid UTF-8 at byte \(position - lineStart + 1)"), hasEscape)
        }
        position = end
      default:
        return (failUnfinished(at: position), hasEscape)
      }
    }
  }
}
