import MartletEncoding
import MartletModel

extension LogBatch {
  /// Reads a batch.
  /// - Parameter ordinals: those of the users there are.
  /// - Throws: `.corrupt`; `.badData` for rows that break a rule of `EventBatch`.
  init(
    ordinals: ClosedRange<Int64>, budget: inout LogBudget, from reader: inout ByteReader
  ) throws(MartletError) {
    var batch = EventBatch()
    batch.eventTypes = try LogBatch.readNames(
      max: Limits.eventTypes, budget: &budget, from: &reader)
    batch.propertyNames = try LogBatch.readNames(
      max: Limits.propertyNames, budget: &budget, from: &reader)
    let count = try reader.readCount(max: LogFormat.rowCountMax)
    guard budget.takeRows(count) else {
      throw reader.corrupt("a record holds more than \(LogFormat.rowCountMax) rows")
    }
    let users = try IntegerColumn.read(count, in: ordinals, of: "users", from: &reader)
      .map { UInt32(truncatingIfNeeded: $0) }
    let sentUsers = try LogBatch.readSentUsers(users, ordinals: ordinals, from: &reader)
    batch.users = [EventBatch.Slice](
      repeating: EventBatch.Slice(offset: 0, count: 0), count: count)
    let traitUpdate = Int64(batch.eventTypes.count)
    batch.types = try IntegerColumn.read(
      count, in: 0...traitUpdate, of: "event types", from: &reader
    ).map { $0 == traitUpdate ? EventBatch.traitUpdate : UInt32(truncatingIfNeeded: $0) }
    batch.timestamps = try IntegerColumn.read(
      count, in: Timestamp.earliest.milliseconds...Timestamp.latest.milliseconds, of: "times",
      from: &reader)
    batch.insertIDs = try LogValues.readTexts(count, into: &batch, from: &reader).map { payload in
      let length = UInt32(truncatingIfNeeded: payload)
      return length == 0
        ? .none : EventBatch.Slice(offset: UInt32(payload >> 32), count: length)
    }
    try LogBatch.readCells(into: &batch, budget: &budget, from: &reader)
    try batch.check()
    self.init(batch: batch, users: users, sentUsers: sentUsers)
  }

  private static func readNames(
    max: Int, budget: inout LogBudget, from reader: inout ByteReader
  ) throws(MartletError) -> [Text] {
    let count = try reader.readCount(max: max)
    guard budget.takeNames(count) else {
      throw reader.corrupt("a record holds more than \(LogFormat.nameCountMax) names")
    }
    var names: [Text] = []
    for _ in 0..<count { names.append(try reader.readText()) }
    return names
  }

  private static func readSentUsers(
    _ users: [UInt32], ordinals: ClosedRange<Int64>, from reader: inout ByteReader
  ) throws(MartletError) -> [UInt32] {
    switch try reader.readUInt8() {
    case 0: return users
    case 1:
      return try IntegerColumn.read(users.count, in: ordinals, of: "users", from: &reader)
        .map { UInt32(truncatingIfNeeded: $0) }
    case let flag: throw reader.corrupt("a flag is \(flag)")
    }
  }

  private static func readCells(
    into batch: inout EventBatch, budget: inout LogBudget, from reader: inout ByteReader
  ) throws(MartletError) {
    let nameCount = batch.propertyNames.count
    let counts = try IntegerColumn.read(
      batch.count, in: 0...Int64(nameCount), of: "cell counts", from: &reader)
    var cellCount = 0
    batch.cellEnds.reserveCapacity(counts.count)
    for count in counts {
      cellCount += Int(count)
      guard cellCount <= LogFormat.cellCountMax else { break }
      batch.cellEnds.append(UInt32(cellCount))
    }
    guard budget.takeCells(cellCount) else {
      throw reader.corrupt("a record holds more than \(LogFormat.cellCountMax) cells and items")
    }
    let names = try IntegerColumn.read(
      cellCount, in: 0...Int64(max(0, nameCount - 1)), of: "names", from: &reader)
    var nameCounts = [Int](repeating: 0, count: nameCount)
    for name in names { nameCounts[Int(name)] += 1 }
    var columns: [[EventBatch.Cell]] = []
    for (name, count) in nameCounts.enumerated() {
      columns.append(
        try LogValues.read(
          count, name: UInt32(name), areItems: false, into: &batch, budget: &budget,
          from: &reader))
    }
    var next = [Int](repeating: 0, count: nameCount)
    batch.cells.reserveCapacity(cellCount)
    for name in names {
      let name = Int(name)
      batch.cells.append(columns[name][next[name]])
      next[name] += 1
    }
  }
}
