import MartletModel

/// The rows of a batch under construction.
struct RowBuffer: ~Copyable {
  var users = PlainArray<EventBatch.Slice>()
  var types = PlainArray<UInt32>()
  var timestamps = PlainArray<Int64>()
  var insertIDs = PlainArray<EventBatch.Slice>()
  var cellEnds = PlainArray<UInt32>()
  var cells = PlainArray<EventBatch.Cell>()
  var items = PlainArray<EventBatch.Cell>()
  /// By reading.
  var readings = PlainArray<Int>()

  mutating func removeAll() {
    users.truncate(to: 0)
    types.truncate(to: 0)
    timestamps.truncate(to: 0)
    insertIDs.truncate(to: 0)
    cellEnds.truncate(to: 0)
    cells.truncate(to: 0)
    items.truncate(to: 0)
    readings.truncate(to: 0)
    for _ in TimestampReading.allCases { readings.append(0) }
  }

  /// Ends a row, whose cells are in place.
  @inline(__always)
  mutating func appendRow(
    user: EventBatch.Slice, type: UInt32, milliseconds: Int64, insertID: EventBatch.Slice,
    reading: TimestampReading
  ) {
    users.append(user)
    types.append(type)
    timestamps.append(milliseconds)
    insertIDs.append(insertID)
    cellEnds.append(UInt32(cells.count))
    readings[reading.rawValue] += 1
  }

  /// Copies everything into a batch and a tally.
  func finish(into chunk: inout DecodedChunk) {
    chunk.batch.users = users.copied()
    chunk.batch.types = types.copied()
    chunk.batch.timestamps = timestamps.copied()
    chunk.batch.insertIDs = insertIDs.copied()
    chunk.batch.cellEnds = cellEnds.copied()
    chunk.batch.cells = cells.copied()
    chunk.batch.items = items.copied()
    for reading in TimestampReading.allCases {
      chunk.readings[reading] = readings[reading.rawValue]
    }
  }
}
