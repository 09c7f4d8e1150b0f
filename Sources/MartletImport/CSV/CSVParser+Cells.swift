import MartletModel

extension CSVParser {
  private static let trueWord = Swar.packed("true")
  private static let falseWord = Swar.packed("false")

  /// Takes a cell's value into the row; false where it does not fit its column.
  @inline(__always)
  mutating func take(_ cell: CSVCellReader.Cell, column index: Int) -> Bool {
    // An empty cell is a missing value, quoted or not.
    if cell.range.isEmpty { return true }
    switch columns[index].role {
    case .property:
      return takeProperty(cell, column: index)
    case .user:
      line.user = .present
      line.userSlice = copy(cell)
      if line.userSlice.count > Limits.userIDByteCount { line.user = .tooLong }
    case .insertID:
      line.insertID = .present
      line.insertIDSlice = copy(cell)
      if line.insertIDSlice.count > Limits.insertIDByteCount { line.insertID = .tooLong }
    case .event:
      guard cell.range.count <= Limits.nameByteCount else {
        line.event = .tooLong
        return true
      }
      line.event = .present
      let source = cell.isInArena ? reader.arena.window : reader.window
      line.eventType = types.intern(source, at: cell.range.lowerBound, count: cell.range.count)
    case .time:
      let source = cell.isInArena ? reader.arena.window : reader.window
      switch timestamps.parse(source, from: cell.range.lowerBound, to: cell.range.upperBound) {
      case .instant(let milliseconds, let reading):
        line.time = .present
        (line.milliseconds, line.reading) = (milliseconds, reading)
      case .malformed: line.time = .malformedTime
      case .outOfRange: line.time = .timeOutOfRange
      }
    }
    return true
  }

  /// The cell's characters in the arena.
  @inline(__always)
  private mutating func copy(_ cell: CSVCellReader.Cell) -> EventBatch.Slice {
    let count = UInt32(cell.range.count)
    if cell.isInArena {
      return EventBatch.Slice(offset: UInt32(cell.range.lowerBound), count: count)
    }
    let target = reader.arena.count
    var done = 0
    while done < cell.range.count {
      reader.arena.store(reader.window.word(at: cell.range.lowerBound + done), at: target + done)
      done += 8
    }
    reader.arena.setCount(target + cell.range.count)
    return EventBatch.Slice(offset: UInt32(target), count: count)
  }

  private mutating func takeProperty(_ cell: CSVCellReader.Cell, column index: Int) -> Bool {
    switch columns[index].type {
    case nil: break
    case .text: return takeText(cell, column: index)
    case .number: return takeWrittenNumber(cell, column: index)
    case .boolean: return takeWrittenBoolean(cell, column: index)
    }
    guard !cell.isInArena else { return takeText(cell, column: index) }
    let (start, end) = (cell.range.lowerBound, cell.range.upperBound)
    switch reader.window[start] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
      switch PlainDecimal(reader.window, from: start, to: end) {
      case .none: break
      case .small(let significand, let scale):
        append(.number, scale: scale, payload: significand, column: index)
        return true
      case .long(let isInteger):
        return takeLongNumber(cell, isInteger: isInteger, column: index)
      }
    case UInt8(ascii: "t") where reader.window.packed(cell.range) == Self.trueWord:
      append(.boolean, payload: 1, column: index)
      return true
    case UInt8(ascii: "f") where reader.window.packed(cell.range) == Self.falseWord:
      append(.boolean, payload: 0, column: index)
      return true
    default: break
    }
    return takeText(cell, column: index)
  }

  @inline(__always)
  private mutating func append(
    _ kind: EventBatch.CellKind, scale: UInt8 = 0, payload: Int64, column: Int
  ) {
    rows.cells.append(
      EventBatch.Cell(name: columnNames[column], kind: kind, scale: scale, payload: payload))
  }

  @inline(__always)
  private mutating func takeText(_ cell: CSVCellReader.Cell, column: Int) -> Bool {
    let slice = copy(cell)
    guard slice.count <= Limits.textByteCount else {
      return refuse(column, "a text is longer than \(Limits.textByteCount) bytes")
    }
    append(.text, payload: Int64(slice.offset) << 32 | Int64(slice.count), column: column)
    return true
  }

  @inline(never)
  private mutating func takeLongNumber(
    _ cell: CSVCellReader.Cell, isInteger: Bool, column: Int
  ) -> Bool {
    switch DecimalText.parse(reader.window.bytes(cell.range), isInteger: isInteger) {
    case .success(let number):
      append(number, column: column)
      return true
    case .failure(let problem):
      return refuse(column, problem.reason + "; with the column's type text it is kept as text")
    }
  }

  private mutating func append(_ number: Number, column: Int) {
    switch DecimalCell(number) {
    case .small(let significand, let scale):
      append(.number, scale: scale, payload: significand, column: column)
    case .wide(let value):
      append(.wideNumber, payload: Int64(result.batch.wideNumbers.count), column: column)
      result.batch.wideNumbers.append(value)
    }
  }

  @inline(never)
  private mutating func takeWrittenNumber(_ cell: CSVCellReader.Cell, column: Int) -> Bool {
    let text = string(of: cell)
    let isInteger = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2B }
    // Names of non-finite numbers pass `Double`, so they are caught by `Number`.
    guard Number(parsing: text) != nil || isInteger else {
      return refuse(column, "not a number")
    }
    switch DecimalText.parse(Array(text.utf8), isInteger: isInteger) {
    case .success(let number):
      append(number, column: column)
      return true
    case .failure(let problem):
      return refuse(column, problem.reason)
    }
  }

  @inline(never)
  private mutating func takeWrittenBoolean(_ cell: CSVCellReader.Cell, column: Int) -> Bool {
    switch string(of: cell).lowercased() {
    case "true", "t", "yes", "y", "1": append(.boolean, payload: 1, column: column)
    case "false", "f", "no", "n", "0": append(.boolean, payload: 0, column: column)
    default: return refuse(column, "not a boolean")
    }
    return true
  }

  private func string(of cell: CSVCellReader.Cell) -> String {
    let source = cell.isInArena ? reader.arena.window : reader.window
    return String(decoding: source.bytes(cell.range), as: UTF8.self)
  }

  @inline(never)
  private mutating func refuse(_ column: Int, _ reason: String) -> Bool {
    failure = (columns[column].name.string, reason)
    return false
  }

  /// Appends the record that was read as a row, or fails.
  mutating func commitRow(from firstCell: Int) -> Bool {
    guard line.user == .present else { return refuse(fields.user, line.user) }
    guard line.event == .present else { return refuse(fields.event, line.event) }
    guard line.time == .present else { return refuse(fields.time, line.time) }
    guard line.insertID == .present || line.insertID == .missing else {
      return refuse(fields.insertID, line.insertID)
    }
    for index in firstCell..<rows.cells.count {
      let name = rows.cells[index].name
      rows.cells[index].name = names.batchIndex(of: name, in: &result.batch.propertyNames)
    }
    rows.appendRow(
      user: line.userSlice,
      type: types.batchIndex(of: line.eventType, in: &result.batch.eventTypes),
      milliseconds: line.milliseconds, insertID: line.insertIDSlice, reading: line.reading)
    return true
  }

  @inline(never)
  private mutating func refuse(_ field: String, _ state: LineState.Field) -> Bool {
    failure = (field, state.reason)
    return false
  }
}
