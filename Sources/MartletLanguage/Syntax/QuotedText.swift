import MartletModel

/// Strings between double quotes with JSON's escapes, as the language and its JSON face write them.
enum QuotedText {
  /// What reading a string found.
  struct Reading {
    var result: Result<Text, Defect>
    /// Just after the closing quote, or where reading stopped.
    var end: Int
  }

  /// Reads a string whose opening quote stands at `start`.
  ///
  /// A defect does not stop the search for the closing quote, so that an error shows the string.
  static func read(_ bytes: [UInt8], at start: Int) -> Reading {
    var output: [UInt8] = []
    var (position, defect) = (start + 1, Defect?.none)
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        return Reading(
          result: defect.map { .failure($0) } ?? finish(output), end: position + 1)
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        return unterminated(at: position)
      case 0..<0x20:
        defect =
          defect
          ?? Defect(
            "a string holds no raw control characters", hint: "write `\\t` or `\\u0009` for a tab")
        position += 1
      case UInt8(ascii: "\\"):
        do throws(Defect) {
          position = try readEscape(bytes, at: position, into: &output)
        } catch {
          defect = defect ?? error
          position += min(2, bytes.count - position)
        }
      default:
        output.append(byte)
        position += 1
      }
    }
    return unterminated(at: position)
  }

  private static func unterminated(at position: Int) -> Reading {
    let defect = Defect("this string is not closed", hint: "end it with `\"`")
    return Reading(result: .failure(defect), end: position)
  }

  private static func finish(_ output: [UInt8]) -> Result<Text, Defect> {
    guard let text = Text(validating: output) else {
      return .failure(Defect("this string is not valid UTF-8"))
    }
    return .success(text)
  }

  /// Appends what the escape at `start` means; returns where it ends.
  private static func readEscape(
    _ bytes: [UInt8], at start: Int, into output: inout [UInt8]
  ) throws(Defect) -> Int {
    guard start + 1 < bytes.count else { return start + 1 }
    let simple: [UInt8: UInt8] = [
      0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D,
      0x74: 0x09,
    ]
    if let byte = simple[bytes[start + 1]] {
      output.append(byte)
      return start + 2
    }
    guard bytes[start + 1] == UInt8(ascii: "u") else {
      throw Defect(
        "there is no such escape in a string",
        hint: "the escapes are JSON's: \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0041")
    }
    var end = start + 6
    var code = try hexadecimal(bytes, at: start + 2)
    if code >= 0xD800, code < 0xDC00, end + 1 < bytes.count, bytes[end] == 0x5C,
      bytes[end + 1] == UInt8(ascii: "u")
    {
      let low = try hexadecimal(bytes, at: end + 2)
      guard low >= 0xDC00, low < 0xE000 else { throw loneSurrogate }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      end += 6
    }
    guard let scalar = Unicode.Scalar(code) else { throw loneSurrogate }
    output.append(contentsOf: Array(String(Character(scalar)).utf8))
    return end
  }

  private static let loneSurrogate = Defect(
    "half of a surrogate pair is no character",
    hint: "write both halves, as \\ud83c\\udf6e, or the character itself")

  private static func hexadecimal(_ bytes: [UInt8], at start: Int) throws(Defect) -> UInt32 {
    let digits = bytes[min(start, bytes.count)..<min(start + 4, bytes.count)]
    var value: UInt32 = 0
    for byte in digits {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw Defect("\\u takes four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
    }
    guard digits.count == 4 else { throw Defect("\\u takes four hexadecimal digits") }
    return value
  }

  /// The text in double quotes, escaping only what must be.
  static func quote(_ text: Text) -> String {
    var output: [UInt8] = [0x22]
    for byte in text.utf8 {
      switch byte {
      case 0x22: output += [0x5C, 0x22]
      case 0x5C: output += [0x5C, 0x5C]
      case 0x08: output += [0x5C, UInt8(ascii: "b")]
      case 0x0C: output += [0x5C, UInt8(ascii: "f")]
      case 0x0A: output += [0x5C, UInt8(ascii: "n")]
      case 0x0D: output += [0x5C, UInt8(ascii: "r")]
      case 0x09: output += [0x5C, UInt8(ascii: "t")]
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        output += Array("\\u00\(digits.utf8.count == 1 ? "0" : "")\(digits)".utf8)
      default: output.append(byte)
      }
    }
    output.append(0x22)
    return String(decoding: output, as: UTF8.self)
  }
}
