import MartletModel

/// The columns that a CSV file's first record names.
struct CSVHeader: Sendable {
  let columns: [CSVColumn]
  let delimiter: UInt8

  /// Reads the header record.
  /// - Throws: `.badData` where a column that every row needs is missing or one occurs twice;
  ///   `.usage` where a type is given for a column that there is not.
  init(
    cells: [Text], delimiter: UInt8, options: DecodingOptions, file: String
  ) throws(MartletError) {
    let fields = options.fields
    let required = [Text(fields.user), Text(fields.event), Text(fields.time)]
    let listing = cells.prefix(20).map(\.string).joined(separator: ", ")
    for (name, flag) in zip(required, ["--user", "--event", "--time"])
    where !cells.contains(name) {
      throw MartletError(
        .badData, file: file, place: "line 1", "there is no column \"\(name)\"",
        remedy: "name it with \(flag); the columns are \(listing)")
    }
    var seen: Set<Text> = []
    for name in cells {
      guard seen.insert(name).inserted else {
        throw MartletError(
          .badData, file: file, place: "line 1", "there are two columns \"\(name)\"",
          remedy: "rename one of them")
      }
      guard name.utf8.count <= Limits.nameByteCount else {
        throw MartletError(
          .limit, file: file, place: "line 1",
          "a column's name is longer than \(Limits.nameByteCount) bytes")
      }
    }
    for name in options.columnTypes.keys.sorted() where !seen.contains(name) {
      throw MartletError(
        .usage, file: file, "a type is given for \"\(name)\", but there is no such column",
        remedy: "the columns are \(listing)")
    }
    self.delimiter = delimiter
    columns = cells.map { name in
      let role: CSVColumn.Role =
        switch name {
        case required[0]: .user
        case required[1]: .event
        case required[2]: .time
        case Text(fields.insertID): .insertID
        default: .property
        }
      return CSVColumn(name: name, role: role, type: options.columnTypes[name])
    }
  }

  /// The cells of the first record of a window and the offset after its line end; nil where it is
  /// malformed.
  static func firstRecord(
    of window: ByteWindow, delimiter: UInt8
  ) -> (cells: [Text], end: Int)? {
    var parser = CSVCellReader(window: window, delimiter: delimiter)
    parser.arena.reserve(window.count)
    var (position, cells): (Int, [Text]) = (0, [])
    while true {
      guard let cell = parser.cell(at: position) else { return nil }
      let source = cell.isInArena ? parser.arena.window : window
      guard let text = Text(validating: source.bytes(cell.range)) else { return nil }
      cells.append(text)
      position = cell.end
      if window[position] == 0x0A || position >= window.count { break }
      position += 1
    }
    return (cells, min(position + 1, window.count))
  }
}
