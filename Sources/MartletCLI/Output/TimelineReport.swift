import Martlet

/// A user's timeline in the forms that `events` prints.
struct TimelineReport {
  let user: String
  let entries: [TimelineEntry]
  let asOf: Timestamp

  /// A line an entry; properties as one JSON object.
  var table: Table {
    var table = Table([
      "timestamp": .left, "event": .left, "insert_id": .left, "properties": .left,
    ])
    for entry in entries {
      table.append([
        entry.timestamp.description, entry.eventType?.string ?? "(identify)",
        entry.insertID?.string ?? "", values(of: entry).text,
      ])
    }
    return table
  }

  /// One object, its entries as canonical NDJSON has them.
  var json: JSONValue {
    .fields([
      ("user_id", .text(user)), ("as_of", .time(asOf)),
      ("events", .array(entries.map(json))),
    ])
  }

  private func json(_ entry: TimelineEntry) -> JSONValue {
    var fields: [(String, JSONValue)] = []
    if let type = entry.eventType {
      fields.append(("event", .text(type.string)))
    } else {
      fields.append(("type", .text("identify")))
    }
    fields.append(("timestamp", .time(entry.timestamp)))
    if let id = entry.insertID { fields.append(("insert_id", .text(id.string))) }
    fields.append((entry.eventType == nil ? "traits" : "properties", values(of: entry)))
    return .fields(fields)
  }

  private func values(of entry: TimelineEntry) -> JSONValue {
    .fields(entry.values.map { ($0.name.string, JSONValue($0.value)) })
  }
}

extension JSONValue {
  init(_ value: Value) {
    switch value {
    case .number(let number): self = .number(number)
    case .text(let text): self = .text(text.string)
    case .boolean(let flag): self = .boolean(flag)
    case .list(let items): self = .array(items.map { JSONValue($0) })
    case .null: self = .null
    }
  }
}
