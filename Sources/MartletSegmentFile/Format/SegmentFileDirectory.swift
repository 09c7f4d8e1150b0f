package import MartletEncoding
package import MartletModel

/// The last block of a segment file: what is in it and where.
package struct SegmentFileDirectory: Hashable, Sendable {
  package struct Property: Hashable, Sendable {
    package var name: Text
    /// Sorted distinct texts of the property, as `TextPage`s; empty where it has no `text` column.
    package var dictionary: PagedColumn
  }

  package struct RunEntry: Hashable, Sendable {
    /// The event type; nil for the run of trait updates.
    package var eventType: Text?
    package var rowCount: Int
    package var userCount: Int
    package var earliest: Int64
    package var latest: Int64
    /// The run's directory, a compressed block.
    package var directory: BlockHandle
  }

  /// The users with any event in one day, or in `coarseDayCount` days.
  package struct AnyBitmap: Hashable, Sendable {
    /// Days since 1970-01-01, or that divided by `coarseDayCount`.
    package var bucket: Int
    package var userCount: Int
    package var users: BlockHandle
  }

  /// Place in arrival order: all rows of a file with a smaller number arrived earlier.
  package var arrivalNumber: UInt64
  package var properties: [Property]
  package var runs: [RunEntry]
  /// Users with any event in the file; nil where it holds no event.
  package var anyUsers: BlockHandle?
  package var anyCoarse: [AnyBitmap]
  /// Empty where the bitmaps would cost more than the rows they save.
  package var anyDays: [AnyBitmap]
  /// Users seen earlier than the user file says, and since when.
  package var firstSeenUsers: PagedColumn
  package var firstSeenTimes: PagedColumn
  /// Ordinals that lead to another, ascending, and where they lead: identity edges.
  package var aliasUsers: PagedColumn
  package var aliasTargets: PagedColumn
  /// Fingerprints of (ordinal as sent, event type, insert id).
  package var insertIDIndex: InsertIDIndex
  /// Bytes of the file by `ByteKind`.
  package var byteCounts: [UInt64]

  package func write(to writer: inout ByteWriter) {
    writer.writeVarint(arrivalNumber)
    writer.writeVarint(UInt64(properties.count))
    for property in properties {
      writer.writeText(property.name)
      property.dictionary.write(to: &writer)
    }
    writer.writeVarint(UInt64(runs.count))
    for run in runs {
      writer.writeUInt8(run.eventType == nil ? 0 : 1)
      if let eventType = run.eventType { writer.writeText(eventType) }
      writer.writeVarint(UInt64(run.rowCount))
      writer.writeVarint(UInt64(run.userCount))
      writer.writeZigZag(run.earliest)
      writer.writeZigZag(run.latest)
      run.directory.write(to: &writer)
    }
    writer.writeUInt8(anyUsers == nil ? 0 : 1)
    anyUsers?.write(to: &writer)
    for bitmaps in [anyCoarse, anyDays] {
      writer.writeVarint(UInt64(bitmaps.count))
      for bitmap in bitmaps {
        writer.writeZigZag(Int64(bitmap.bucket))
        writer.writeVarint(UInt64(bitmap.userCount))
        bitmap.users.write(to: &writer)
      }
    }
    for column in [firstSeenUsers, firstSeenTimes, aliasUsers, aliasTargets] {
      column.write(to: &writer)
    }
    insertIDIndex.write(to: &writer)
    for count in byteCounts { writer.writeVarint(count) }
  }
}

extension SegmentFileDirectory {
  package init(from reader: inout ByteReader) throws(MartletError) {
    arrivalNumber = UInt64(try reader.readCount(limit: SegmentFileFormat.arrivalNumberMax))
    let rowLimit = Int(UInt32.max)
    properties = []
    for _ in 0..<(try reader.readCount(limit: Limits.propertyNames)) {
      let name = try reader.readText()
      let dictionary = try PagedColumn(from: &reader, valueCountMax: rowLimit)
      properties.append(Property(name: name, dictionary: dictionary))
    }
    guard Set(properties.map(\.name)).count == properties.count else {
      throw MartletError(
        .corrupt, place: "byte \(reader.offset)", "a property is listed twice",
        remedy: BlockHandle.remedy)
    }
    runs = []
    for _ in 0..<(try reader.readCount(limit: Limits.eventTypes + 1)) {
      let isEvent = try reader.readFlag()
      runs.append(
        RunEntry(
          eventType: isEvent ? try reader.readText() : nil,
          rowCount: try reader.readCount(limit: rowLimit),
          userCount: try reader.readCount(limit: rowLimit),
          earliest: try reader.readZigZag(), latest: try reader.readZigZag(),
          directory: try BlockHandle(from: &reader)))
    }
    guard Set(runs.map(\.eventType)).count == runs.count else {
      throw MartletError(
        .corrupt, place: "byte \(reader.offset)", "an event type has two runs",
        remedy: BlockHandle.remedy)
    }
    guard runs.allSatisfy({ $0.earliest <= $0.latest && $0.rowCount > 0 }) else {
      throw MartletError(
        .corrupt, place: "byte \(reader.offset)", "the time range of a run is empty",
        remedy: BlockHandle.remedy)
    }
    let (earliest, latest) = (Timestamp.earliest.milliseconds, Timestamp.latest.milliseconds)
    guard runs.allSatisfy({ $0.earliest >= earliest && $0.latest <= latest }) else {
      throw MartletError(
        .corrupt, place: "byte \(reader.offset)", "a run has times that no event can have",
        remedy: BlockHandle.remedy)
    }
    anyUsers = try reader.readFlag() ? try BlockHandle(from: &reader) : nil
    anyCoarse = try SegmentFileDirectory.readAnyBitmaps(from: &reader)
    anyDays = try SegmentFileDirectory.readAnyBitmaps(from: &reader)
    firstSeenUsers = try PagedColumn(from: &reader, valueCountMax: rowLimit)
    firstSeenTimes = try PagedColumn(from: &reader, valueCountMax: rowLimit)
    aliasUsers = try PagedColumn(from: &reader, valueCountMax: rowLimit)
    aliasTargets = try PagedColumn(from: &reader, valueCountMax: rowLimit)
    insertIDIndex = try InsertIDIndex(from: &reader)
    byteCounts = []
    for _ in ByteKind.allCases { byteCounts.append(try reader.readVarint()) }
    guard firstSeenUsers.valueCount == firstSeenTimes.valueCount,
      aliasUsers.valueCount == aliasTargets.valueCount, reader.isAtEnd
    else {
      throw MartletError(
        .corrupt, place: "byte \(reader.offset)", "the file's directory contradicts itself",
        remedy: BlockHandle.remedy)
    }
  }

  private static func readAnyBitmaps(
    from reader: inout ByteReader
  ) throws(MartletError) -> [AnyBitmap] {
    var bitmaps: [AnyBitmap] = []
    for _ in 0..<(try reader.readCount(limit: 1 << 23)) {
      let bucket = Int(try reader.readZigZag())
      let userCount = try reader.readCount(limit: Int(UInt32.max))
      let users = try BlockHandle(from: &reader)
      guard SegmentFileFormat.days.contains(bucket) else {
        throw MartletError(
          .corrupt, place: "byte \(reader.offset)", "a bitmap is of a day that no event can have",
          remedy: BlockHandle.remedy)
      }
      guard bitmaps.last.map({ $0.bucket < bucket }) ?? true else {
        throw MartletError(
          .corrupt, place: "byte \(reader.offset)", "the bitmaps by day are out of order",
          remedy: BlockHandle.remedy)
      }
      bitmaps.append(AnyBitmap(bucket: bucket, userCount: userCount, users: users))
    }
    return bitmaps
  }
}
