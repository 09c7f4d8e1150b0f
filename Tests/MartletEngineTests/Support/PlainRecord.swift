import MartletModel
import MartletSegmentFile

@testable import MartletEngine

/// A log record as its meaning: no arenas, no rows that are not written.
struct PlainRecord: Hashable {
  enum Value: Hashable {
    case number(Int64, scale: UInt8)
    case wide(Number)
    case text([UInt8])
    case boolean(Bool)
    case list([Value])
    case null
  }

  struct Row: Hashable {
    var user: UInt32
    var sentUser: UInt32
    var type: UInt32
    var time: Int64
    var insertID: [UInt8]?
    var names: [UInt32]
    var values: [Value]
  }

  struct Batch: Hashable {
    var eventTypes: [Text]
    var propertyNames: [Text]
    var rows: [Row]
  }

  var firstNewUser: UInt32
  var newUserIDs: [[UInt8]]
  var edges: [IdentityEdge]
  var batches: [Batch]
  var duplicateCount: UInt64

  init(_ record: LogRecord) {
    (firstNewUser, edges, duplicateCount) = (
      record.firstNewUser, record.edges, record.duplicateCount
    )
    var start = 0
    newUserIDs = record.newUserIDs.ends.map { end in
      defer { start = end }
      return Array(record.newUserIDs.arena[start..<end])
    }
    batches = record.batches.map { log in
      let rows = log.users.indices.filter { log.users[$0] != .max }
      return Batch(
        eventTypes: log.batch.eventTypes, propertyNames: log.batch.propertyNames,
        rows: rows.map { PlainRecord.row($0, of: log) })
    }
  }

  private static func row(_ row: Int, of log: LogBatch) -> Row {
    let batch = log.batch
    let cells = batch.cells[batch.cellRange(ofRow: row)]
    let id = batch.insertIDs[row]
    return Row(
      user: log.users[row], sentUser: log.sentUsers[row], type: batch.types[row],
      time: batch.timestamps[row], insertID: id.isNone ? nil : Array(batch.bytes[id.range]),
      names: cells.map(\.name), values: cells.map { value($0, of: batch) })
  }

  private static func value(_ cell: EventBatch.Cell, of batch: EventBatch) -> Value {
    let start = Int(cell.payload >> 32)
    let range = start..<start + Int(cell.payload & 0xFFFF_FFFF)
    switch cell.kind {
    case .number: return .number(cell.payload, scale: cell.scale)
    case .wideNumber: return .wide(batch.wideNumbers[Int(cell.payload)])
    case .text: return .text(Array(batch.bytes[range]))
    case .boolean: return .boolean(cell.payload == 1)
    case .list: return .list(batch.items[range].map { value($0, of: batch) })
    case .null: return .null
    }
  }
}
