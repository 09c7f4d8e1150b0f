import MartletModel

/// Appends rows to an `EventBatch`.
struct BatchBuilder {
  private(set) var batch = EventBatch()

  init(vocabulary: Vocabulary, propertyNames: [Text], rows: Int) {
    batch.bytes = vocabulary.bytes
    batch.bytes.reserveCapacity(vocabulary.bytes.count + rows * 16)
    batch.eventTypes = EventKind.all.map(\.name)
    batch.propertyNames = propertyNames
    batch.users.reserveCapacity(rows)
    batch.types.reserveCapacity(rows)
    batch.timestamps.reserveCapacity(rows)
    batch.insertIDs.reserveCapacity(rows)
    batch.cellEnds.reserveCapacity(rows)
    batch.cells.reserveCapacity(rows * 6)
  }

  /// Starts a row; its cells follow, then `endRow`.
  mutating func beginRow(user number: UInt64, type: UInt32, milliseconds: Int64) {
    let offset = batch.bytes.count
    batch.bytes.append(addingCapacity: 24) { output in
      output.append(UInt8(ascii: "u"))
      output.append(decimal: number)
    }
    batch.users.append(
      EventBatch.Slice(offset: UInt32(offset), count: UInt32(batch.bytes.count - offset)))
    batch.types.append(type)
    batch.timestamps.append(milliseconds)
  }

  /// Ends the row. An insert id is `m` and 16 hexadecimal digits.
  mutating func endRow(insertID: UInt64?) {
    batch.cellEnds.append(UInt32(batch.cells.count))
    guard let insertID else {
      batch.insertIDs.append(.none)
      return
    }
    let offset = batch.bytes.count
    batch.bytes.append(addingCapacity: 17) { output in
      output.append(UInt8(ascii: "m"))
      output.append(hexadecimal: insertID)
    }
    batch.insertIDs.append(EventBatch.Slice(offset: UInt32(offset), count: 17))
  }

  /// Appends a row once more, as a replayed request would: byte for byte, insert id included.
  mutating func repeatRow(_ row: Int) {
    batch.users.append(batch.users[row])
    batch.types.append(batch.types[row])
    batch.timestamps.append(batch.timestamps[row])
    batch.insertIDs.append(batch.insertIDs[row])
    batch.cells.append(contentsOf: batch.cells[batch.cellRange(ofRow: row)])
    batch.cellEnds.append(UInt32(batch.cells.count))
  }

  mutating func addText(_ name: UInt32, _ payload: Int64) {
    batch.cells.append(EventBatch.Cell(name: name, kind: .text, payload: payload))
  }

  mutating func addInteger(_ name: UInt32, _ value: UInt64) {
    batch.cells.append(EventBatch.Cell(name: name, kind: .number, payload: Int64(value)))
  }

  mutating func addBoolean(_ name: UInt32, _ value: Bool) {
    batch.cells.append(EventBatch.Cell(name: name, kind: .boolean, payload: value ? 1 : 0))
  }

  /// Adds an amount of cents, normalised: 12.50 is 12.5, and 12.00 is 12.
  mutating func addCents(_ name: UInt32, _ cents: UInt64) {
    let (tenths, hundredths) = cents.quotientAndRemainder(dividingBy: 10)
    let (whole, rest) = tenths.quotientAndRemainder(dividingBy: 10)
    let (value, scale): (UInt64, UInt8) =
      hundredths != 0 ? (cents, 2) : rest != 0 ? (tenths, 1) : (whole, 0)
    batch.cells.append(
      EventBatch.Cell(name: name, kind: .number, scale: scale, payload: Int64(value)))
  }

  mutating func addNull(_ name: UInt32) {
    batch.cells.append(EventBatch.Cell(name: name, kind: .null, payload: 0))
  }

  /// Adds a text of a letter and 16 hexadecimal digits.
  mutating func addIdentifier(_ name: UInt32, _ letter: Unicode.Scalar, _ value: UInt64) {
    let offset = batch.bytes.count
    batch.bytes.append(addingCapacity: 17) { output in
      output.append(UInt8(ascii: letter))
      output.append(hexadecimal: value)
    }
    addText(name, Vocabulary.payload(offset: offset, count: 17))
  }

  /// Adds a text of words with spaces between them.
  mutating func addWords(_ name: UInt32, _ words: [String]) {
    let offset = batch.bytes.count
    for (index, word) in words.enumerated() {
      if index > 0 { batch.bytes.append(UInt8(ascii: " ")) }
      batch.bytes.append(contentsOf: word.utf8)
    }
    addText(name, Vocabulary.payload(offset: offset, count: batch.bytes.count - offset))
  }

  /// Adds a list of texts, given by their payloads.
  mutating func addList(_ name: UInt32, _ payloads: [Int64]) {
    let start = batch.items.count
    for payload in payloads {
      batch.items.append(EventBatch.Cell(name: 0, kind: .text, payload: payload))
    }
    batch.cells.append(
      EventBatch.Cell(
        name: name, kind: .list,
        payload: Vocabulary.payload(offset: start, count: payloads.count)))
  }
}
