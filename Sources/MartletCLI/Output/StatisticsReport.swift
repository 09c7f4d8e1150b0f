import Martlet

/// The statistics of a store in the forms that `stats` prints.
struct StatisticsReport {
  private let statistics: StoreStatistics

  init(_ statistics: StoreStatistics) { self.statistics = statistics }

  private var bytesPerEvent: Int {
    Decimals.thousandths(statistics.byteCount, by: statistics.events)
  }

  /// A line a figure, for people.
  var summary: Table {
    var table = Table(["figure": .left, "value": .right])
    table.append(["events", Decimals.grouped(statistics.events)])
    table.append(["trait updates", Decimals.grouped(statistics.traitUpdates)])
    table.append(["users", Decimals.grouped(statistics.users)])
    table.append(["event types", Decimals.grouped(statistics.eventTypes.count)])
    table.append(["properties and traits", Decimals.grouped(statistics.properties.count)])
    table.append(["duplicates dropped", Decimals.grouped(statistics.duplicates)])
    table.append(["earliest (UTC)", statistics.timeRange?.lowerBound.description ?? "none"])
    table.append(["latest (UTC)", statistics.timeRange?.upperBound.description ?? "none"])
    table.append(["segment files", Decimals.grouped(statistics.segmentFiles)])
    for (name, value) in state where value > 0 { table.append([name, Decimals.grouped(value)]) }
    if let limit = statistics.expiredBefore {
      table.append(["expired before (UTC)", limit.description])
    }
    table.append(["bytes", Decimals.grouped(statistics.byteCount)])
    for bytes in statistics.bytes where bytes.byteCount > 0 {
      table.append(["  \(bytes.kind)", Decimals.grouped(bytes.byteCount)])
    }
    table.append(["bytes per event", Decimals.text(ofThousandths: bytesPerEvent)])
    return table
  }

  /// What is worth a line for people only where there is some.
  private var state: [(name: String, value: Int)] {
    let partitions = statistics.partitions
    return [
      ("  not compacted yet", statistics.freshSegmentFiles),
      ("partitions", partitions > 1 ? partitions : 0),
      ("rows in the log", statistics.logRows),
      ("  bytes in memory", statistics.logMemoryByteCount),
      ("ids of other users", statistics.aliases),
      ("forgotten, not erased", statistics.forgottenNotErased),
    ]
  }

  /// A line an event type.
  func types(grouped: Bool) -> Table {
    var table = Table([
      "event_type": .left, "events": .right, "users": .right, "earliest": .left,
      "latest": .left,
    ])
    let number = { grouped ? Decimals.grouped($0) : String($0) }
    for type in statistics.eventTypes {
      table.append([
        type.name.string, number(type.events), number(type.users), type.earliest.description,
        type.latest.description,
      ])
    }
    return table
  }

  /// A line a name.
  var properties: Table {
    var table = Table(["property": .left])
    for name in statistics.properties { table.append([name.string]) }
    return table
  }

  /// A line a figure, for programs.
  var csv: Table {
    var table = Table(["figure": .left, "value": .right])
    let range = statistics.timeRange
    table.append(["events", String(statistics.events)])
    table.append(["trait_updates", String(statistics.traitUpdates)])
    table.append(["users", String(statistics.users)])
    table.append(["event_types", String(statistics.eventTypes.count)])
    table.append(["properties", String(statistics.properties.count)])
    table.append(["duplicates", String(statistics.duplicates)])
    table.append(["earliest", range?.lowerBound.description ?? ""])
    table.append(["latest", range?.upperBound.description ?? ""])
    table.append(["segment_files", String(statistics.segmentFiles)])
    for (name, value) in storeFigures { table.append([name, String(value)]) }
    table.append(["expired_before", statistics.expiredBefore?.description ?? ""])
    for bytes in statistics.bytes {
      table.append(["bytes.\(bytes.kind)", String(bytes.byteCount)])
    }
    table.append(["bytes_total", String(statistics.byteCount)])
    table.append(["bytes_per_event", Decimals.text(ofThousandths: bytesPerEvent)])
    return table
  }

  private var storeFigures: [(name: String, value: Int)] {
    [
      ("fresh_segment_files", statistics.freshSegmentFiles),
      ("partitions", statistics.partitions), ("log_rows", statistics.logRows),
      ("log_memory_bytes", statistics.logMemoryByteCount), ("aliases", statistics.aliases),
      ("forgotten_not_erased", statistics.forgottenNotErased),
    ]
  }

  /// One object; lists of types and properties where they are asked for, their counts always.
  func json(types: Bool, properties: Bool) -> JSONValue {
    let eventTypes = JSONValue.integer(statistics.eventTypes.count)
    let names = JSONValue.integer(statistics.properties.count)
    var fields: [(String, JSONValue)] = [
      ("events", .integer(statistics.events)),
      ("trait_updates", .integer(statistics.traitUpdates)),
      ("users", .integer(statistics.users)),
      ("event_type_count", eventTypes),
      ("event_types", types ? .array(statistics.eventTypes.map(json)) : eventTypes),
      ("property_count", names),
      (
        "properties",
        properties ? .array(statistics.properties.map { .text($0.string) }) : names
      ),
      ("duplicates", .integer(statistics.duplicates)),
      ("earliest", .time(statistics.timeRange?.lowerBound)),
      ("latest", .time(statistics.timeRange?.upperBound)),
      ("segment_files", .integer(statistics.segmentFiles)),
    ]
    for (name, value) in storeFigures { fields.append((name, .integer(value))) }
    fields.append(("expired_before", .time(statistics.expiredBefore)))
    let bytes = statistics.bytes.map { ($0.kind, JSONValue.integer($0.byteCount)) }
    fields.append(("bytes", .fields(bytes)))
    fields.append(("bytes_total", .integer(statistics.byteCount)))
    fields.append(("bytes_per_event", .thousandths(bytesPerEvent)))
    return .fields(fields)
  }

  private func json(_ type: StoreStatistics.EventType) -> JSONValue {
    .fields([
      ("name", .text(type.name.string)), ("events", .integer(type.events)),
      ("users", .integer(type.users)), ("earliest", .time(type.earliest)),
      ("latest", .time(type.latest)),
    ])
  }
}
