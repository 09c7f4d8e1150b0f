import MartletModel

@testable import MartletEngine

/// Everything that a log's record says, read by the places that it holds, and without a copy.
enum LogDigest {
  static func add(_ record: LogRecord, to hasher: inout Hasher) {
    hasher.combine(record.firstNewUser)
    hasher.combine(record.duplicateCount)
    hasher.combine(record.edges)
    var start = 0
    for end in record.newUserIDs.ends {
      hasher.combine(record.newUserIDs.arena[start..<end])
      start = end
    }
    for batch in record.batches {
      hasher.combine(batch.batch.eventTypes)
      hasher.combine(batch.batch.propertyNames)
      for row in batch.users.indices { add(row, of: batch, to: &hasher) }
    }
  }

  private static func add(_ row: Int, of log: LogBatch, to hasher: inout Hasher) {
    let batch = log.batch
    hasher.combine(log.users[row])
    hasher.combine(log.sentUsers[row])
    hasher.combine(batch.types[row])
    hasher.combine(batch.timestamps[row])
    let id = batch.insertIDs[row]
    if !id.isNone { hasher.combine(batch.bytes[id.range]) }
    for cell in batch.cells[batch.cellRange(ofRow: row)] { add(cell, of: batch, to: &hasher) }
  }

  private static func add(
    _ cell: EventBatch.Cell, of batch: EventBatch, to hasher: inout Hasher
  ) {
    hasher.combine(cell.name)
    hasher.combine(cell.kind)
    let start = Int(cell.payload >> 32)
    let range = start..<start + Int(cell.payload & 0xFFFF_FFFF)
    switch cell.kind {
    case .number:
      hasher.combine(cell.payload)
      hasher.combine(cell.scale)
    case .wideNumber: hasher.combine(batch.wideNumbers[Int(cell.payload)])
    case .text: hasher.combine(batch.bytes[range])
    case .boolean: hasher.combine(cell.payload)
    case .list:
      hasher.combine(range.count)
      for item in batch.items[range] { add(item, of: batch, to: &hasher) }
    case .null: break
    }
  }
}
