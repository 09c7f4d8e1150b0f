import MartletEncoding
import MartletFiles
package import MartletModel
package import MartletSegmentFile

extension SegmentFile {
  /// The rows of each run, in the order of the file.
  package func storedRows() throws(MartletError) -> [[StoredRow]] {
    var runs: [[StoredRow]] = []
    for index in directory.runs.indices {
      let run = try run(at: index)
      runs.append(try run.storedRows(0..<run.directory.rowCount, of: self))
    }
    return runs
  }
}

extension Run {
  /// Rows of this run, with all that the file says of them.
  package func storedRows(
    _ range: Range<Int>, of file: SegmentFile
  ) throws(MartletError) -> [StoredRow] {
    let users = try rowUsers(ofKeys: 0..<65_536)
    let times = try times(range)
    var rows: [StoredRow] = []
    for (user, time) in zip(users[range], times) {
      rows.append(StoredRow(user: user, eventType: entry.eventType, time: time))
    }
    for column in directory.columns {
      let name = file.directory.properties[column.property].name
      let values = try values(of: column, rows: range)
      for (index, value) in try scalars(values, column, of: file).enumerated() {
        let row = values.rows.row(of: index)
        try inFile(file.bytes.name) { () throws(MartletError) in
          try rows[row].add(value, name, isItem: values.isItem)
        }
      }
    }
    try addInsertIDs(range, to: &rows)
    try inFile(file.bytes.name) { () throws(MartletError) in
      for row in rows.indices { try rows[row].finishLists() }
    }
    return rows
  }

  private func addInsertIDs(
    _ range: Range<Int>, to rows: inout [StoredRow]
  ) throws(MartletError) {
    guard directory.insertIDs.valueCount > 0 else { return }
    let column = ColumnEntry(
      property: 0, kind: .plainText, isItemLevel: false, scale: 0,
      positionCount: directory.rowCount, presence: directory.insertIDPresence,
      values: directory.insertIDs)
    let ids = try values(of: column, rows: range)
    guard case .texts(let arena, let ends) = ids.storage else {
      throw corrupt("insert ids are no texts")
    }
    for (index, id) in try StoredRow.texts(arena, ends).enumerated() {
      rows[ids.rows.row(of: index)].insertID = id
    }
  }

  /// The values of a column; of a list column, lists that say how many items they await.
  private func scalars(
    _ values: ColumnValues, _ column: ColumnEntry, of file: SegmentFile
  ) throws(MartletError) -> [Value] {
    switch values.storage {
    case .none: return Array(repeating: .null, count: values.count)
    case .texts(let arena, let ends):
      let texts = try StoredRow.texts(arena, ends)
      guard column.kind == .wideNumber else { return texts.map { .text($0) } }
      return try texts.map { text throws(MartletError) in
        guard let number = Number(parsing: text.string) else { throw corrupt("no number") }
        return .number(number)
      }
    case .integers(let integers):
      switch column.kind {
      case .number:
        return integers.map {
          .number(Number(significand: Int128($0), exponent: -column.scale))
        }
      case .boolean: return integers.map { .boolean($0 != 0) }
      case .list: return integers.map { .list([.number(Number($0))]) }
      default:
        let dictionary = try file.dictionary(ofProperty: column.property)
        return try integers.map { position throws(MartletError) in
          guard position >= 0, position < dictionary.count else { throw corrupt("no such text") }
          return .text(try dictionary.text(at: Int(position)))
        }
      }
    }
  }
}

extension StoredRow {
  fileprivate static func texts(
    _ arena: [UInt8], _ ends: [Int]
  ) throws(MartletError) -> [Text] {
    var texts: [Text] = []
    var start = 0
    for end in ends {
      guard let text = Text(validating: arena[start..<end]) else {
        throw MartletError(.corrupt, "a stored text is not valid UTF-8")
      }
      texts.append(text)
      start = end
    }
    return texts
  }

  /// Adds a value, or an item behind the count that starts its list.
  fileprivate mutating func add(
    _ value: Value, _ name: Text, isItem: Bool
  ) throws(MartletError) {
    switch (properties[name], isItem) {
    case (nil, false): properties[name] = value
    case (.list(let items), true): properties[name] = .list(items + [value])
    default: throw MartletError(.corrupt, "property \(name) has two values in one row")
    }
  }

  /// Holds each list against the count that it starts with, and takes the count away.
  fileprivate mutating func finishLists() throws(MartletError) {
    for (name, value) in properties {
      guard case .list(let items) = value else { continue }
      guard items.first == .number(Number(Int64(items.count - 1))) else {
        throw MartletError(.corrupt, "the items of \(name) are not as many as its list says")
      }
      properties[name] = StoredRow.normalised(.list(Array(items.dropFirst())))
    }
  }
}
