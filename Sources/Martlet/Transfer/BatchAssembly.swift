import MartletModel
import MartletSegmentFile

/// A batch in the making, of rows that come from many runs.
struct BatchAssembly {
  /// A row, and what decides its place.
  private struct Row {
    var user: UInt32
    var time: Int64
    var order: UInt64
    var source: Int
    var row: Int
  }

  var batch = EventBatch()
  private var userSlices: [UInt32: EventBatch.Slice] = [:]
  let nameIndex: [Text: UInt32]
  private var typeIndex: [Text: UInt32] = [:]
  private var sources: [RowSource] = []
  private var rows: [Row] = []
  /// Texts of dictionaries that are in the batch already.
  var textSlices: [DictionaryPlace: EventBatch.Slice] = [:]
  /// Cells of each row, by its place in the batch.
  var cells: [[EventBatch.Cell]] = []

  init(
    users: [(low: UInt16, id: Text)], propertyNames: [Text], nameIndex: [Text: UInt32]
  ) throws(MartletError) {
    self.nameIndex = nameIndex
    batch.propertyNames = propertyNames
    for (low, id) in users { userSlices[UInt32(low)] = try append(id.utf8) }
  }

  /// Adds the wanted rows of a source.
  mutating func add(
    _ source: RowSource, isWanted: [Bool], before asOf: Int64
  ) throws(MartletError) {
    let times = try source.run.times(source.rows)
    let orders = try source.run.orders(
      of: source.rows, fileNumber: source.fileNumber, hasTies: source.run.entry.eventType != nil)
    for (index, user) in source.users.enumerated()
    where isWanted[Int(user)] && times[index] < asOf {
      rows.append(
        Row(
          user: user, time: times[index], order: orders[index], source: sources.count, row: index))
    }
    sources.append(source)
  }

  /// The batch, rows in order.
  mutating func finish() throws(MartletError) -> EventBatch {
    // Sources stand in arrival order, and within a source so do rows.
    rows.sort {
      ($0.user, $0.time, $0.order, $0.source, $0.row)
        < ($1.user, $1.time, $1.order, $1.source, $1.row)
    }
    cells = [[EventBatch.Cell]](repeating: [], count: rows.count)
    var places = sources.map { [Int?](repeating: nil, count: $0.rows.count) }
    for (place, row) in rows.enumerated() {
      places[row.source][row.row] = place
      let type = sources[row.source].run.entry.eventType
      batch.users.append(userSlices[row.user] ?? .none)
      batch.types.append(type.map { number(of: $0) } ?? EventBatch.traitUpdate)
      batch.timestamps.append(row.time)
      batch.insertIDs.append(.none)
    }
    for (source, places) in zip(sources, places) {
      try addCells(of: source, places)
      for (place, slice) in try insertIDs(of: source, places) { batch.insertIDs[place] = slice }
    }
    for row in cells {
      batch.cells += row.sorted { $0.name < $1.name }
      batch.cellEnds.append(UInt32(batch.cells.count))
    }
    return batch
  }

  private mutating func number(of type: Text) -> UInt32 {
    if let number = typeIndex[type] { return number }
    let number = UInt32(batch.eventTypes.count)
    batch.eventTypes.append(type)
    typeIndex[type] = number
    return number
  }

  mutating func append(
    _ bytes: some Collection<UInt8>
  ) throws(MartletError) -> EventBatch.Slice {
    let offset = batch.bytes.count
    guard offset + bytes.count <= Int(UInt32.max) else {
      throw MartletError(
        .limit, "the texts of \(userSlices.count) users exceed 4 GiB",
        remedy: "export smaller segments")
    }
    batch.bytes.append(contentsOf: bytes)
    return EventBatch.Slice(offset: UInt32(offset), count: UInt32(bytes.count))
  }
}
