public import MartletModel

/// Turns batches into canonical CSV (RFC 4180): a header, then one record an event.
///
/// Columns: `user_id`, `event`, `timestamp`, `insert_id` where asked for, then the properties.
/// CSV tells kinds by the look of a cell, so a text that looks like a number or a boolean reads
/// back as one, and an empty text as missing; the generator makes no such texts.
public struct CSVWriter: Sendable {
  private let properties: [Text]
  private let insertIDs: Bool
  private var isHeaderWritten = false
  private var clock = ClockText()
  private var columns = ColumnMap()

  /// - Parameter properties: the property columns; a batch may hold no others.
  public init(properties: [Text], insertIDs: Bool) {
    (self.properties, self.insertIDs) = (properties, insertIDs)
  }

  /// Appends the batch's records to `output`, the first time after the header.
  /// - Throws: `usage` at a trait update or a list, which CSV cannot hold.
  /// - Complexity: O(bytes written).
  public mutating func write(_ batch: EventBatch, into output: inout [UInt8]) throws(MartletError) {
    if !isHeaderWritten {
      writeHeader(into: &output)
      isHeaderWritten = true
    }
    columns.prepare(batch.propertyNames, columns: properties)
    let types = batch.eventTypes.map { Array($0.utf8) }
    for row in 0..<batch.count {
      let capacity = try capacity(ofRow: row, in: batch, types: types)
      output.append(addingCapacity: capacity) { record in
        append(row, of: batch, types: types, to: &record)
      }
    }
  }

  /// Appends the header where no batch came before; call it last, so that no file lacks one.
  public mutating func finish(into output: inout [UInt8]) {
    guard !isHeaderWritten else { return }
    writeHeader(into: &output)
    isHeaderWritten = true
  }

  private func writeHeader(into output: inout [UInt8]) {
    let fixed: [Text] = ["user_id", "event", "timestamp"] + (insertIDs ? ["insert_id"] : [])
    for (index, name) in (fixed + properties).enumerated() {
      let bytes = Array(name.utf8)
      output.append(addingCapacity: bytes.count * 2 + 3) { header in
        if index > 0 { header.append(UInt8(ascii: ",")) }
        header.append(csvText: bytes.span, 0..<bytes.count)
      }
    }
    output.append(UInt8(ascii: "\n"))
  }

  /// An upper bound of a record's bytes.
  private func capacity(
    ofRow row: Int, in batch: EventBatch, types: [[UInt8]]
  ) throws(MartletError) -> Int {
    let (type, insertID) = (batch.types[row], batch.insertIDs[row])
    guard type != EventBatch.traitUpdate else { throw unwritable("a trait update") }
    guard insertID.isNone || insertIDs else { throw unwritable("an insert id without a column") }
    var bound = 64 + Int(batch.users[row].count) * 2 + types[Int(type)].count * 2
    bound += (insertID.isNone ? 0 : Int(insertID.count) * 2) + properties.count * 3
    for index in batch.cellRange(ofRow: row) {
      let cell = batch.cells[index]
      guard columns.columnOfName[Int(cell.name)] != nil else {
        throw unwritable("\(batch.propertyNames[Int(cell.name)]), which has no column")
      }
      switch cell.kind {
      case .number, .boolean: bound += 22
      case .wideNumber: bound += batch.wideNumbers[Int(cell.payload)].description.utf8.count
      case .text: bound += Int(cell.pair.count) * 2
      case .list: throw unwritable("a list")
      case .null: throw unwritable("a null")
      }
    }
    return bound
  }

  private func unwritable(_ what: String) -> MartletError {
    MartletError(.usage, place: "CSV", "CSV cannot hold \(what)", remedy: "write NDJSON")
  }

  private mutating func append(
    _ row: Int, of batch: EventBatch, types: [[UInt8]], to record: inout OutputSpan<UInt8>
  ) {
    let bytes = batch.bytes.span
    let type = types[Int(batch.types[row])]
    record.append(csvText: bytes, batch.users[row].range)
    record.append(UInt8(ascii: ","))
    record.append(csvText: type.span, 0..<type.count)
    record.append(UInt8(ascii: ","))
    clock.append(batch.timestamps[row], to: &record)
    if insertIDs {
      record.append(UInt8(ascii: ","))
      let insertID = batch.insertIDs[row]
      if !insertID.isNone { record.append(csvText: bytes, insertID.range) }
    }
    columns.arrange(batch.cellRange(ofRow: row), of: batch)
    for index in columns.cellOfColumn {
      record.append(UInt8(ascii: ","))
      if index >= 0 { append(batch.cells[index], of: batch, to: &record) }
    }
    record.append(UInt8(ascii: "\n"))
  }

  private func append(
    _ cell: EventBatch.Cell, of batch: EventBatch, to record: inout OutputSpan<UInt8>
  ) {
    switch cell.kind {
    case .number: record.append(significand: cell.payload, scale: Int(cell.scale))
    case .wideNumber: record.append(batch.wideNumbers[Int(cell.payload)].description)
    case .text: record.append(csvText: batch.bytes.span, cell.pair.range)
    case .boolean: record.append(cell.payload == 0 ? "false" : "true")
    case .list, .null: preconditionFailure("refused when the capacity was computed")
    }
  }
}
