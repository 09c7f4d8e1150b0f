import MartletModel

/// Reads CSV records into rows of a batch.
struct CSVParser: ~Copyable {
  let columns: [CSVColumn]
  let fields: FieldMapping
  var reader: CSVCellReader
  var names: NameTable
  var types: NameTable
  var timestamps: TimestampParser
  var rows = RowBuffer()
  var result = DecodedChunk()
  /// By column: the number of its name.
  var columnNames: [UInt32] = []

  // The record being read.
  var line = LineState()
  var failure: (field: String?, reason: String)?

  init(header: CSVHeader, options: DecodingOptions) {
    let seed = UInt64.random(in: .min ... .max)
    columns = header.columns
    fields = options.fields
    let nothing = ByteBuffer()
    reader = CSVCellReader(window: nothing.window, delimiter: header.delimiter)
    names = NameTable(seed: seed)
    types = NameTable(seed: seed)
    timestamps = TimestampParser(zone: options.timeZone)
    for column in columns {
      var bytes = ByteBuffer()
      bytes.append(Array(column.name.utf8))
      columnNames.append(names.intern(bytes.window, at: 0, count: bytes.count))
    }
  }

  /// Decodes whole records.
  mutating func decode(_ window: ByteWindow, file: String) -> DecodedChunk {
    reader.window = window
    reader.arena.setCount(0)
    reader.arena.reserve(window.count)
    rows.removeAll()
    names.startBatch()
    types.startBatch()
    var position = 0
    while position < window.count {
      result.lineCount += 1
      let isBlank =
        window[position] == 0x0A || (window[position] == 0x0D && window[position + 1] == 0x0A)
      if isBlank {
        position += window[position] == 0x0A ? 1 : 2
      } else {
        position = record(at: position, file: file) + 1
      }
    }
    rows.finish(into: &result)
    result.batch.bytes = reader.arena.window.bytes(0..<reader.arena.count)
    var finished = DecodedChunk()
    swap(&finished, &result)
    return finished
  }

  /// Reads a record; returns the offset of its line end.
  private mutating func record(at start: Int, file: String) -> Int {
    line = LineState()
    let kept = (
      bytes: reader.arena.count, cells: rows.cells.count, wide: result.batch.wideNumbers.count
    )
    var (position, index, lineEndCount) = (start, 0, 0)
    while true {
      guard let cell = reader.cell(at: position) else {
        failure = (index < columns.count ? columns[index].name.string : nil, reader.problem)
        break
      }
      lineEndCount += cell.lineEndCount
      if index < columns.count, !take(cell, column: index) { break }
      index += 1
      position = cell.end
      guard reader.window[position] == 0x0A else {
        position += 1
        continue
      }
      guard index == columns.count else {
        failure = (nil, "\(index) cells, where the header names \(columns.count) columns")
        break
      }
      if commitRow(from: kept.cells) {
        result.lineCount += lineEndCount
        return position
      }
      break
    }
    reader.arena.setCount(kept.bytes)
    rows.cells.truncate(to: kept.cells)
    result.batch.wideNumbers.removeLast(result.batch.wideNumbers.count - kept.wide)
    return reject(from: start, file: file)
  }

  /// Notes why a record is refused; returns the offset of its line end.
  @inline(never)
  private mutating func reject(from start: Int, file: String) -> Int {
    let end = CSVScanner.endOfRecord(reader.window, from: start, delimiter: reader.delimiter)
    result.rejects.append(
      Reject(
        file: file, line: result.lineCount, line: start..<end, of: reader.window,
        field: failure?.field, reason: failure?.reason ?? "malformed"))
    failure = nil
    result.lineCount += reader.window.count(of: 0x0A, in: start..<end)
    return end
  }
}
