import MartletModel

extension CanonicalNDJSON {
  /// The row as one line, without a newline; names in order of their bytes.
  public static func line(_ row: ArrivalRow) -> String {
    switch row {
    case .event(let event):
      var line = "{\"user_id\":\(quoted(event.user)),\"event\":\(quoted(event.type))"
      line += ",\"timestamp\":\"\(event.timestamp)\""
      if let insertID = event.insertID { line += ",\"insert_id\":\(quoted(insertID))" }
      return line + ",\"properties\":\(object(event.properties))}"
    case .traits(let update):
      return "{\"type\":\"identify\",\"user_id\":\(quoted(update.user))"
        + ",\"timestamp\":\"\(update.timestamp)\",\"traits\":\(object(update.traits))}"
    }
  }

  private static func object(_ values: [Text: Value]) -> String {
    let members = values.sorted { $0.key < $1.key }.map { quoted($0.key) + ":" + json($0.value) }
    return "{" + members.joined(separator: ",") + "}"
  }

  private static func json(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .boolean(let flag): flag ? "true" : "false"
    case .number(let number): number.description
    case .text(let text): quoted(text)
    case .list(let items): "[" + items.map(json).joined(separator: ",") + "]"
    }
  }

  private static func quoted(_ text: Text) -> String {
    var result = "\""
    for scalar in text.string.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
