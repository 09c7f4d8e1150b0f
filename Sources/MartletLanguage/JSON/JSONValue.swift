import MartletModel

/// A JSON document in memory, its numbers exact.
indirect enum JSONValue: Hashable {
  case object([Field])
  case array([JSONValue])
  case text(Text)
  case number(Number)
  case boolean(Bool)
  case null

  struct Field: Hashable {
    var key: Text
    var value: JSONValue
  }

  /// An object of the fields that have a value, in this order.
  static func object(_ fields: KeyValuePairs<Text, JSONValue?>) -> JSONValue {
    .object(fields.compactMap { key, value in value.map { Field(key: key, value: $0) } })
  }

  /// How an error calls a value of this kind.
  var kind: String {
    switch self {
    case .object: "an object"
    case .array: "an array"
    case .text: "text"
    case .number: "a number"
    case .boolean: "a boolean"
    case .null: "null"
    }
  }
}

extension JSONValue {
  /// The shortest JSON text, fields in their order.
  var bytes: [UInt8] {
    var output: [UInt8] = []
    append(to: &output)
    return output
  }

  private func append(to output: inout [UInt8]) {
    switch self {
    case .object(let fields):
      output.append(UInt8(ascii: "{"))
      for (index, field) in fields.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        output += Array(QuotedText.quote(field.key).utf8)
        output.append(UInt8(ascii: ":"))
        field.value.append(to: &output)
      }
      output.append(UInt8(ascii: "}"))
    case .array(let items):
      output.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        item.append(to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .text(let text): output += Array(QuotedText.quote(text).utf8)
    case .number(let number): output += Array(number.description.utf8)
    case .boolean(let value): output += Array((value ? "true" : "false").utf8)
    case .null: output += Array("null".utf8)
    }
  }
}
