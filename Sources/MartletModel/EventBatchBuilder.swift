/// Makes an `EventBatch` of single events.
public struct EventBatchBuilder: Sendable {
  public private(set) var batch = EventBatch()
  private var typeIndex: [Text: UInt32] = [:]
  private var propertyIndex: [Text: UInt32] = [:]

  public init() {}

  /// Adds an event.
  /// - Throws: `.limit` or `.badData`, naming what is wrong; the batch is as before.
  public mutating func append(_ event: Event) throws(MartletError) {
    try EventBatchBuilder.check(event.type, "event type", limit: Limits.nameByteCount)
    if let id = event.insertID {
      try EventBatchBuilder.check(id, "insert id", limit: Limits.insertIDByteCount)
    }
    try checkRow(event.user, event.timestamp, event.properties)
    let type = EventBatchBuilder.number(of: event.type, &typeIndex, &batch.eventTypes)
    appendRow(
      event.user, type, event.timestamp, event.insertID,
      event.properties.filter { $0.value != .null })
  }

  /// Adds a trait update.
  /// - Throws: as for an event.
  public mutating func append(_ update: TraitUpdate) throws(MartletError) {
    try checkRow(update.user, update.timestamp, update.traits)
    appendRow(update.user, EventBatch.traitUpdate, update.timestamp, nil, update.traits)
  }

  /// Adds a link between two ids.
  /// - Throws: as for an event; `.badData` where both are the same id.
  public mutating func link(
    _ kind: IdentityLink.Kind, from: Text, to user: Text
  ) throws(MartletError) {
    try EventBatchBuilder.check(from, "previous user id", limit: Limits.userIDByteCount)
    try EventBatchBuilder.check(user, "user id", limit: Limits.userIDByteCount)
    guard from != user else {
      throw MartletError(
        .badData, "an id cannot be another's name for itself", remedy: "leave the link out")
    }
    batch.links.append(IdentityLink(kind, from: slice(from), to: slice(user)))
  }

  private static func check(_ text: Text, _ what: String, limit: Int) throws(MartletError) {
    guard !text.utf8.isEmpty else {
      throw MartletError(.badData, "the \(what) is empty", remedy: "give the event a \(what)")
    }
    guard text.utf8.count <= limit else {
      throw MartletError(
        .limit, "the \(what) has \(text.utf8.count) bytes; the limit is \(limit)",
        remedy: "shorten it")
    }
  }

  private func checkRow(
    _ user: Text, _ timestamp: Timestamp, _ properties: [Text: Value]
  ) throws(MartletError) {
    try EventBatchBuilder.check(user, "user id", limit: Limits.userIDByteCount)
    guard timestamp >= .earliest, timestamp <= .latest else {
      throw MartletError(
        .badData, "the time lies outside the years 1 to 9999", remedy: "correct the timestamp")
    }
    var count = 0
    for (name, value) in properties {
      try EventBatchBuilder.check(name, "property name", limit: Limits.nameByteCount)
      count += try EventBatchBuilder.check(value, of: name)
    }
    guard count <= Limits.propertiesPerEvent else {
      throw MartletError(
        .limit, "the event has \(count) properties; the limit is \(Limits.propertiesPerEvent)",
        remedy: "leave some out")
    }
  }

  /// Checks a value; returns how many scalars it holds.
  private static func check(_ value: Value, of name: Text) throws(MartletError) -> Int {
    switch value {
    case .text(let text):
      guard text.utf8.count <= Limits.textByteCount else {
        throw MartletError(
          .limit,
          "property \(name) has \(text.utf8.count) bytes; the limit is \(Limits.textByteCount)",
          remedy: "shorten it")
      }
    case .list(let items):
      var count = 0
      for item in items {
        if case .list = item {
          throw MartletError(
            .badData, "property \(name) holds a list in a list", remedy: "flatten it")
        }
        count += try check(item, of: name)
      }
      return count
    case .number(let number):
      guard abs(number.exponent) <= Limits.numberExponent else {
        throw MartletError(
          .limit, "property \(name) has an exponent beyond \(Limits.numberExponent)",
          remedy: "scale the number")
      }
    case .boolean, .null: break
    }
    return 1
  }

  private static func number(
    of name: Text, _ index: inout [Text: UInt32], _ names: inout [Text]
  ) -> UInt32 {
    if let number = index[name] { return number }
    let number = UInt32(names.count)
    names.append(name)
    index[name] = number
    return number
  }

  private mutating func appendRow(
    _ user: Text, _ type: UInt32, _ timestamp: Timestamp, _ insertID: Text?,
    _ properties: [Text: Value]
  ) {
    batch.users.append(slice(user))
    batch.types.append(type)
    batch.timestamps.append(timestamp.milliseconds)
    batch.insertIDs.append(insertID.map { slice($0) } ?? .none)
    for (name, value) in properties.sorted(by: { $0.key < $1.key }) {
      let index = EventBatchBuilder.number(of: name, &propertyIndex, &batch.propertyNames)
      batch.cells.append(cell(value, name: index))
    }
    batch.cellEnds.append(UInt32(batch.cells.count))
  }

  private mutating func slice(_ text: Text) -> EventBatch.Slice {
    let offset = UInt32(batch.bytes.count)
    batch.bytes.append(contentsOf: text.utf8)
    return EventBatch.Slice(offset: offset, count: UInt32(text.utf8.count))
  }

  private mutating func cell(_ value: Value, name: UInt32) -> EventBatch.Cell {
    switch value {
    case .null: return EventBatch.Cell(name: name, kind: .null, payload: 0)
    case .boolean(let flag):
      return EventBatch.Cell(name: name, kind: .boolean, payload: flag ? 1 : 0)
    case .text(let text):
      let slice = slice(text)
      let payload = Int64(slice.offset) << 32 | Int64(slice.count)
      return EventBatch.Cell(name: name, kind: .text, payload: payload)
    case .number(let number):
      if (-18...0).contains(number.exponent), let digits = Int64(exactly: number.significand) {
        return EventBatch.Cell(
          name: name, kind: .number, scale: UInt8(-number.exponent), payload: digits)
      }
      batch.wideNumbers.append(number)
      return EventBatch.Cell(
        name: name, kind: .wideNumber, payload: Int64(batch.wideNumbers.count - 1))
    case .list(let values):
      var items: [EventBatch.Cell] = []
      for item in values where item != .null { items.append(cell(item, name: name)) }
      let start = Int64(batch.items.count)
      batch.items += items
      return EventBatch.Cell(
        name: name, kind: .list, payload: start << 32 | Int64(items.count))
    }
  }
}
