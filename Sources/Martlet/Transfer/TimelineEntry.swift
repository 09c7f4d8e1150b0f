public import MartletModel

/// One event or trait update of a user's history.
public struct TimelineEntry: Sendable {
  public let timestamp: Timestamp
  /// Nil for a trait update.
  public let eventType: Text?
  public let insertID: Text?
  /// Properties, or traits (`.null` unsets one), in byte order of their names.
  public let values: [(name: Text, value: Value)]

  init(_ row: Int, of batch: EventBatch) {
    timestamp = Timestamp(milliseconds: batch.timestamps[row])
    let type = batch.types[row]
    eventType = type == EventBatch.traitUpdate ? nil : batch.eventTypes[Int(type)]
    let id = batch.insertIDs[row]
    insertID = id.isNone ? nil : TimelineEntry.text(batch.bytes[id.range])
    values = batch.cellRange(ofRow: row).map { index in
      let cell = batch.cells[index]
      return (
        name: batch.propertyNames[Int(cell.name)], value: TimelineEntry.value(of: cell, batch)
      )
    }
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> Text {
    Text(String(decoding: bytes, as: UTF8.self))
  }

  private static func value(of cell: EventBatch.Cell, _ batch: EventBatch) -> Value {
    let (first, count) = (Int(cell.payload >> 32), Int(cell.payload & 0xFFFF_FFFF))
    switch cell.kind {
    case .null: return .null
    case .boolean: return .boolean(cell.payload != 0)
    case .number:
      return .number(Number(significand: Int128(cell.payload), exponent: -Int(cell.scale)))
    case .wideNumber: return .number(batch.wideNumbers[Int(cell.payload)])
    case .text: return .text(text(batch.bytes[first..<first + count]))
    case .list: return .list(batch.items[first..<first + count].map { value(of: $0, batch) })
    }
  }
}
