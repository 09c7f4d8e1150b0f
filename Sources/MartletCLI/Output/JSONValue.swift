import Martlet

/// A JSON document to print; fields keep their order.
indirect enum JSONValue {
  case fields([(String, JSONValue)])
  case array([JSONValue])
  case text(String)
  case integer(Int)
  /// Thousandths: numbers here are measurements of at most three decimal places.
  case thousandths(Int)
  /// As exact as it was written.
  case number(Number)
  case boolean(Bool)
  case null

  /// The shortest JSON text.
  var text: String {
    switch self {
    case .fields(let fields):
      "{" + fields.map { JSONValue.quote($0.0) + ":" + $0.1.text }.joined(separator: ",") + "}"
    case .array(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
    case .text(let text): JSONValue.quote(text)
    case .integer(let number): String(number)
    case .thousandths(let number): Decimals.text(ofThousandths: number)
    case .number(let number): number.description
    case .boolean(let value): value ? "true" : "false"
    case .null: "null"
    }
  }

  static func time(_ timestamp: Timestamp?) -> JSONValue {
    timestamp.map { .text($0.description) } ?? .null
  }

  /// A JSON string of the text.
  static func quote(_ text: String) -> String {
    var output = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      case "\u{0}"..."\u{1F}", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output + "\""
  }
}
