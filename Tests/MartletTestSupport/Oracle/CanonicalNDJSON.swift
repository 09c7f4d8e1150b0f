import MartletModel

/// The canonical NDJSON lines, read and written without the importer.
public enum CanonicalNDJSON {
  /// Reads the lines in order; empty lines are skipped.
  ///
  /// - Throws: `MartletError` naming the line.
  public static func rows(_ bytes: [UInt8]) throws -> [ArrivalRow] {
    var rows: [ArrivalRow] = []
    for (place, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty { continue }
      do {
        rows.append(try row(try JSONReader.parse(Array(line))))
      } catch {
        throw MartletError(.badData, place: "line \(place + 1)", String(describing: error))
      }
    }
    return rows
  }

  private static func row(_ tree: JSONTree) throws -> ArrivalRow {
    guard case .object(let members) = tree else {
      throw MartletError(.badData, "a line that is no object")
    }
    guard let user = tree["user_id"]?.string.map(Text.init(_:)),
      let time = tree["timestamp"]?.string.flatMap(PlainTime.init(_:))?.instant(in: .utc)
    else { throw MartletError(.badData, "a line without user_id and timestamp") }
    if tree["type"]?.string == "identify" {
      let traits = try tree["traits"].map(values) ?? [:]
      return .traits(TraitUpdate(user: user, at: time, traits))
    }
    guard let type = tree["event"]?.string.map(Text.init(_:)) else {
      throw MartletError(.badData, "a line without event")
    }
    var properties = try tree["properties"].map(values) ?? [:]
    let known = ["user_id", "timestamp", "event", "insert_id", "properties"]
    let others = members.filter { !known.contains($0.name) }
    properties.merge(try values(.object(others))) { inner, _ in inner }
    let insertID = tree["insert_id"]?.string.map(Text.init(_:))
    return .event(
      Event(user: user, type: type, at: time, properties, insertID: insertID))
  }

  private static func values(_ tree: JSONTree) throws -> [Text: Value] {
    guard case .object(let members) = tree else {
      throw MartletError(.badData, "properties or traits that are no object")
    }
    var result: [Text: Value] = [:]
    for member in members {
      if case .object = member.value {
        for (name, value) in try values(member.value) {
          result[Text(member.name + "." + name.string)] = value
        }
      } else {
        result[Text(member.name)] = try value(member.value)
      }
    }
    return result
  }

  private static func value(_ tree: JSONTree) throws -> Value {
    switch tree {
    case .null: return .null
    case .boolean(let flag): return .boolean(flag)
    case .string(let string): return .text(Text(string))
    case .number(let text): return .number(try number(text))
    case .array(let items): return .list(try items.map(value).filter { $0 != .null })
    case .object: throw MartletError(.badData, "an object in a list")
    }
  }

  /// Digit by digit: `-12.50e3` is -1250 × 10^1.
  private static func number(_ text: String) throws -> Number {
    let failure = MartletError(.badData, "not a number that fits: \(text)")
    let halves = text.utf8.split(maxSplits: 1, omittingEmptySubsequences: false) {
      $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E")
    }
    let parts = halves[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let digits = parts.map { String(Substring($0)) }.joined()
    guard parts.count <= 2, let significand = Int128(digits) else { throw failure }
    var exponent = parts.count == 2 ? -parts[1].count : 0
    if halves.count == 2 {
      guard let power = Int(String(Substring(halves[1]))) else { throw failure }
      exponent += power
    }
    return Number(significand: significand, exponent: exponent)
  }
}
