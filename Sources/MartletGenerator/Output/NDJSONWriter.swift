public import MartletModel

/// Turns batches into canonical NDJSON, one line a row.
public struct NDJSONWriter: Sendable {
  /// `,"event":"Purchase","timestamp":"` per event type.
  private var types = FragmentTable()
  /// `"amount":` per property name.
  private var names = FragmentTable()
  private var clock = ClockText()
  // Bytes ahead of time: a String's bytes cost several times as much to walk.
  private let eventHead = Array(#"{"user_id":"#.utf8)
  private let traitsHead = Array(#"{"type":"identify","user_id":"#.utf8)
  private let timestampHead = Array(#","timestamp":""#.utf8)
  private let insertIDHead = Array(#","insert_id":"#.utf8)
  private let propertiesHead = Array(#","properties":{"#.utf8)
  private let traitCellsHead = Array(#","traits":{"#.utf8)

  /// Makes a writer; one writer serves any number of batches.
  public init() {}

  /// Appends the batch's lines to `output`.
  /// - Complexity: O(bytes written).
  public mutating func write(_ batch: EventBatch, into output: inout [UInt8]) {
    types.prepare(batch.eventTypes, prefix: #","event":"#, suffix: #","timestamp":""#)
    names.prepare(batch.propertyNames, suffix: ":")
    for row in 0..<batch.count {
      output.append(addingCapacity: capacity(ofRow: row, in: batch)) { line in
        append(row, of: batch, to: &line)
      }
    }
  }

  /// An upper bound of a line's bytes.
  private func capacity(ofRow row: Int, in batch: EventBatch) -> Int {
    let insertID = batch.insertIDs[row]
    var bound = 128 + ClockText.byteCount + Int(batch.users[row].count) * 6
    bound += insertID.isNone ? 0 : Int(insertID.count) * 6
    let type = batch.types[row]
    if type != EventBatch.traitUpdate { bound += types.ranges[Int(type)].count }
    for index in batch.cellRange(ofRow: row) {
      let cell = batch.cells[index]
      bound += names.ranges[Int(cell.name)].count + 1 + capacity(of: cell, in: batch)
    }
    return bound
  }

  private func capacity(of cell: EventBatch.Cell, in batch: EventBatch) -> Int {
    switch cell.kind {
    case .number, .boolean, .null: return 22
    case .wideNumber: return batch.wideNumbers[Int(cell.payload)].description.utf8.count
    case .text: return Int(cell.pair.count) * 6 + 2
    case .list:
      return cell.pair.range.reduce(2) { $0 + 1 + capacity(of: batch.items[$1], in: batch) }
    }
  }

  private mutating func append(
    _ row: Int, of batch: EventBatch, to line: inout OutputSpan<UInt8>
  ) {
    let bytes = batch.bytes.span
    let type = batch.types[row]
    let isEvent = type != EventBatch.traitUpdate
    line.append(all: isEvent ? eventHead : traitsHead)
    line.append(jsonText: bytes, batch.users[row].range)
    if isEvent {
      line.append(types.bytes.span, types.ranges[Int(type)])
    } else {
      line.append(all: timestampHead)
    }
    clock.append(batch.timestamps[row], to: &line)
    line.append(UInt8(ascii: "\""))
    let insertID = batch.insertIDs[row]
    if !insertID.isNone {
      line.append(all: insertIDHead)
      line.append(jsonText: bytes, insertID.range)
    }
    let cells = batch.cellRange(ofRow: row)
    if !cells.isEmpty || !isEvent {
      line.append(all: isEvent ? propertiesHead : traitCellsHead)
      for index in cells {
        if index > cells.lowerBound { line.append(UInt8(ascii: ",")) }
        let cell = batch.cells[index]
        line.append(names.bytes.span, names.ranges[Int(cell.name)])
        append(cell, of: batch, to: &line)
      }
      line.append(UInt8(ascii: "}"))
    }
    line.append(UInt8(ascii: "}"))
    line.append(UInt8(ascii: "\n"))
  }

  private func append(
    _ cell: EventBatch.Cell, of batch: EventBatch, to line: inout OutputSpan<UInt8>
  ) {
    switch cell.kind {
    case .number: line.append(significand: cell.payload, scale: Int(cell.scale))
    case .wideNumber:
      line.append(batch.wideNumbers[Int(cell.payload)].description)
    case .text: line.append(jsonText: batch.bytes.span, cell.pair.range)
    case .boolean: line.append(cell.payload == 0 ? "false" : "true")
    case .null: line.append("null")
    case .list:
      line.append(UInt8(ascii: "["))
      for index in cell.pair.range {
        if index > cell.pair.range.lowerBound { line.append(UInt8(ascii: ",")) }
        append(batch.items[index], of: batch, to: &line)
      }
      line.append(UInt8(ascii: "]"))
    }
  }
}

extension EventBatch.Cell {
  /// The payload of a text (a range of bytes) or of a list (a range of items).
  var pair: EventBatch.Slice {
    EventBatch.Slice(
      offset: UInt32(truncatingIfNeeded: payload >> 32),
      count: UInt32(truncatingIfNeeded: payload))
  }
}
