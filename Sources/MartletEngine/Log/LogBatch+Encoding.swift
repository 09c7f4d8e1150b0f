import MartletEncoding
import MartletModel

extension LogBatch {
  /// Appends the rows that have an ordinal, column after column.
  /// - Precondition: the budget suffices.
  func write(to writer: inout ByteWriter, budget: inout LogBudget) {
    for names in [batch.eventTypes, batch.propertyNames] {
      precondition(budget.takeNames(names.count), "too many names for a record")
      writer.writeVarint(UInt64(names.count))
      for name in names { writer.writeText(name) }
    }
    if users.contains(.max) {
      let rows = users.indices.filter { users[$0] != .max }
      LogBatch.writeRows(of: selecting(rows), to: &writer, budget: &budget)
    } else {
      LogBatch.writeRows(of: self, to: &writer, budget: &budget)
    }
  }

  private static func writeRows(
    of log: LogBatch, to writer: inout ByteWriter, budget: inout LogBudget
  ) {
    let batch = log.batch
    precondition(budget.takeRows(batch.count), "too many rows for a record")
    precondition(budget.takeCells(batch.cells.count), "too many cells for a record")
    writer.writeVarint(UInt64(batch.count))
    IntegerColumn.write(log.users, to: &writer)
    writer.writeUInt8(log.sentUsers == log.users ? 0 : 1)
    if log.sentUsers != log.users { IntegerColumn.write(log.sentUsers, to: &writer) }
    let traitUpdate = UInt32(batch.eventTypes.count)
    IntegerColumn.write(
      batch.types.map { $0 == EventBatch.traitUpdate ? traitUpdate : $0 }, to: &writer)
    IntegerColumn.write(batch.timestamps, to: &writer)
    IntegerColumn.write(batch.insertIDs.map { $0.isNone ? 0 : $0.count }, to: &writer)
    for id in batch.insertIDs where !id.isNone {
      writer.bytes.append(contentsOf: batch.bytes[id.range])
    }
    var start: UInt32 = 0
    let counts = batch.cellEnds.map { end in
      defer { start = end }
      return end - start
    }
    IntegerColumn.write(counts, to: &writer)
    // Rows select cells from the first on, so what follows the last row's belongs to none.
    precondition(Int(start) == batch.cells.count, "cells follow the last row's")
    IntegerColumn.write(batch.cells.map(\.name), to: &writer)
    for cells in cellsByName(of: batch) {
      LogValues.write(cells, of: batch, to: &writer, budget: &budget)
    }
  }

  /// The cells of each property name, in the order of their rows.
  private static func cellsByName(of batch: borrowing EventBatch) -> [[EventBatch.Cell]] {
    var counts = [Int](repeating: 0, count: batch.propertyNames.count)
    for cell in batch.cells { counts[Int(cell.name)] += 1 }
    var groups = counts.map { count in
      var group: [EventBatch.Cell] = []
      group.reserveCapacity(count)
      return group
    }
    for cell in batch.cells { groups[Int(cell.name)].append(cell) }
    return groups
  }

  /// Only those rows; texts, items and wide numbers stay where they are.
  private func selecting(_ rows: [Int]) -> LogBatch {
    var part = EventBatch()
    (part.bytes, part.items, part.wideNumbers) = (batch.bytes, batch.items, batch.wideNumbers)
    (part.eventTypes, part.propertyNames) = (batch.eventTypes, batch.propertyNames)
    for row in rows {
      part.users.append(batch.users[row])
      part.types.append(batch.types[row])
      part.timestamps.append(batch.timestamps[row])
      part.insertIDs.append(batch.insertIDs[row])
      part.cells.append(contentsOf: batch.cells[batch.cellRange(ofRow: row)])
      part.cellEnds.append(UInt32(part.cells.count))
    }
    return LogBatch(
      batch: part, users: rows.map { users[$0] }, sentUsers: rows.map { sentUsers[$0] })
  }
}
