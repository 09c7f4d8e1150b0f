package import MartletEncoding
package import MartletModel

/// Where everything of one run lies.
package struct RunDirectory: Hashable, Sendable {
  /// The rows of the users who share the upper 16 bits of their ordinals.
  package struct Block: Hashable, Sendable {
    package var key: UInt16
    package var firstRow: Int
  }

  package var rowCount: Int
  /// A compressed Roaring bitmap of the users that have rows.
  package var users: BlockHandle
  package var userCount: Int
  /// In key order, one entry for each key that occurs.
  package var blocks: [Block]
  /// How many rows each user has, in ordinal order.
  package var rowsPerUser: PagedColumn
  package var times: PagedColumn
  /// Rows that need a rank to be ordered among the rows of their time, and their ranks.
  package var tieRows: PagedColumn
  package var tieRanks: PagedColumn
  /// Rows with an insert id that were sent under another ordinal than the one they lie under, and
  /// that ordinal.
  package var sentRows: PagedColumn
  package var sentUsers: PagedColumn
  /// Roaring bitmap of the rows that have an insert id; nil where none or all have.
  package var insertIDPresence: BlockHandle?
  package var insertIDs: PagedColumn
  package var columns: [ColumnEntry]

  package func write(to writer: inout ByteWriter) {
    writer.writeVarint(UInt64(rowCount))
    writer.writeVarint(UInt64(userCount))
    users.write(to: &writer)
    writer.writeVarint(UInt64(blocks.count))
    var (previousKey, previousRow) = (0, 0)
    for block in blocks {
      writer.writeVarint(UInt64(Int(block.key) - previousKey))
      writer.writeVarint(UInt64(block.firstRow - previousRow))
      (previousKey, previousRow) = (Int(block.key), block.firstRow)
    }
    for column in [rowsPerUser, times, tieRows, tieRanks, sentRows, sentUsers] {
      column.write(to: &writer)
    }
    writer.writeUInt8(insertIDPresence == nil ? 0 : 1)
    insertIDPresence?.write(to: &writer)
    insertIDs.write(to: &writer)
    writer.writeVarint(UInt64(columns.count))
    for column in columns { column.write(to: &writer) }
  }

  package func shifted(by distance: UInt64) -> RunDirectory {
    var copy = self
    copy.users.offset += distance
    copy.rowsPerUser = rowsPerUser.shifted(by: distance)
    copy.times = times.shifted(by: distance)
    copy.tieRows = tieRows.shifted(by: distance)
    copy.tieRanks = tieRanks.shifted(by: distance)
    copy.sentRows = sentRows.shifted(by: distance)
    copy.sentUsers = sentUsers.shifted(by: distance)
    copy.insertIDPresence?.offset += distance
    copy.insertIDs = insertIDs.shifted(by: distance)
    copy.columns = columns.map { $0.shifted(by: distance) }
    return copy
  }
}

extension RunDirectory {
  package init(from reader: inout ByteReader, propertyCount: Int) throws(MartletError) {
    let rowLimit = Int(UInt32.max)
    rowCount = try reader.readCount(limit: rowLimit)
    userCount = try reader.readCount(limit: rowCount)
    users = try BlockHandle(from: &reader)
    blocks = []
    var (key, row) = (0, 0)
    for index in 0..<(try reader.readCount(limit: 65_536)) {
      let step = try reader.readCount(limit: 65_535)
      key += step
      row += try reader.readCount(limit: rowCount)
      guard key <= 65_535, row < rowCount, index == 0 ? row == 0 : step > 0 else {
        throw MartletError(
          .corrupt, place: "byte \(reader.offset)", "the user blocks of a run are out of order",
          remedy: BlockHandle.remedy)
      }
      blocks.append(Block(key: UInt16(key), firstRow: row))
    }
    rowsPerUser = try PagedColumn(from: &reader, valueCountMax: userCount)
    times = try PagedColumn(from: &reader, valueCountMax: rowCount)
    tieRows = try PagedColumn(from: &reader, valueCountMax: rowCount)
    tieRanks = try PagedColumn(from: &reader, valueCountMax: rowCount)
    sentRows = try PagedColumn(from: &reader, valueCountMax: rowCount)
    sentUsers = try PagedColumn(from: &reader, valueCountMax: rowCount)
    insertIDPresence = try reader.readFlag() ? try BlockHandle(from: &reader) : nil
    insertIDs = try PagedColumn(from: &reader, valueCountMax: rowCount)
    columns = []
    for _ in 0..<(try reader.readCount(limit: Limits.propertyNames * 16)) {
      columns.append(try ColumnEntry(from: &reader, propertyCount: propertyCount))
    }
    guard rowsPerUser.valueCount == userCount, times.valueCount == rowCount,
      tieRows.valueCount == tieRanks.valueCount, sentRows.valueCount == sentUsers.valueCount,
      reader.isAtEnd
    else {
      throw MartletError(
        .corrupt, place: "byte \(reader.offset)", "a run's directory contradicts itself",
        remedy: BlockHandle.remedy)
    }
    guard
      insertIDPresence != nil || insertIDs.valueCount == 0 || insertIDs.valueCount == rowCount
    else {
      throw MartletError(
        .corrupt, place: "byte \(reader.offset)", "a run lacks insert ids",
        remedy: BlockHandle.remedy)
    }
    guard rowCount == 0 || !blocks.isEmpty else {
      throw MartletError(
        .corrupt, place: "byte \(reader.offset)", "a run has rows, but no user blocks",
        remedy: BlockHandle.remedy)
    }
    try checkItems(at: reader.offset)
    for column in columns where !column.isItemLevel && column.positionCount != rowCount {
      throw MartletError(
        .corrupt, place: "byte \(reader.offset)",
        "a column has \(column.positionCount) positions, its run \(rowCount) rows",
        remedy: BlockHandle.remedy)
    }
  }

  /// Makes sure that each property's item columns have a value for each item, and no more: what is
  /// read of items is then in proportion to the values that are there.
  private func checkItems(at offset: Int) throws(MartletError) {
    var items: [Int: (positionCount: Int, valueCount: Int)] = [:]
    for column in columns where column.isItemLevel {
      let found = items[column.property] ?? (column.positionCount, 0)
      guard found.positionCount == column.positionCount else {
        throw MartletError(
          .corrupt, place: "byte \(offset)", "a property's items do not add up",
          remedy: BlockHandle.remedy)
      }
      items[column.property] = (found.positionCount, found.valueCount + column.values.valueCount)
    }
    guard items.values.allSatisfy({ $0.positionCount == $0.valueCount }) else {
      throw MartletError(
        .corrupt, place: "byte \(offset)", "a property's items do not add up",
        remedy: BlockHandle.remedy)
    }
  }
}
