import MartletModel
import MartletSegmentFile

/// A text of a file's dictionary.
struct DictionaryPlace: Hashable {
  var fileNumber: Int
  var property: Int
  var position: Int64
}

extension BatchAssembly {
  /// Adds the properties or traits of a source's rows.
  /// - Parameter places: where each row stands in the batch; nil for rows that are not wanted.
  mutating func addCells(of source: RowSource, _ places: [Int?]) throws(MartletError) {
    let columns = source.run.directory.columns
    // Items first, so that a list finds its own.
    var items: [Int: [Int: [(item: Int, cell: EventBatch.Cell)]]] = [:]
    for column in columns where column.isItemLevel {
      for (place, item, cell) in try placedCells(of: column, source, places) {
        items[column.property, default: [:]][place, default: []].append((item, cell))
      }
    }
    for column in columns where !column.isItemLevel {
      for (place, _, cell) in try placedCells(of: column, source, places) {
        var cell = cell
        if column.kind == .list {
          // Items of different kinds come from different columns; their positions are the order.
          let own = (items[column.property]?[place] ?? []).sorted { $0.item < $1.item }.map(\.cell)
          cell.payload = Int64(batch.items.count) << 32 | Int64(own.count)
          batch.items += own
        }
        cells[place].append(cell)
      }
    }
  }

  /// The insert ids of a source's rows.
  func storedInsertIDs(of source: RowSource) throws(MartletError) -> ColumnValues? {
    let directory = source.run.directory
    guard directory.insertIDs.valueCount > 0 else { return nil }
    let column = ColumnEntry(
      property: 0, kind: .plainText, isItemLevel: false, scale: 0,
      positionCount: directory.rowCount, presence: directory.insertIDPresence,
      values: directory.insertIDs)
    return try source.run.values(of: column, rows: source.rows)
  }

  mutating func insertIDs(
    of source: RowSource, _ places: [Int?]
  ) throws(MartletError) -> [(place: Int, slice: EventBatch.Slice)] {
    guard let values = try storedInsertIDs(of: source),
      case .texts(let arena, let ends) = values.storage
    else { return [] }
    var found: [(place: Int, slice: EventBatch.Slice)] = []
    for (index, end) in ends.enumerated() {
      guard let place = places[values.rows.row(of: index)] else { continue }
      found.append((place, try append(arena[(index == 0 ? 0 : ends[index - 1])..<end])))
    }
    return found
  }

  /// The cells of a column, each with its row's place in the batch and, in a column of items, its
  /// position among them.
  private mutating func placedCells(
    of column: ColumnEntry, _ source: RowSource, _ places: [Int?]
  ) throws(MartletError) -> [(place: Int, item: Int, cell: EventBatch.Cell)] {
    let name = source.file.directory.properties[column.property].name
    guard let nameNumber = nameIndex[name] else {
      preconditionFailure("a snapshot's names are those of its files")
    }
    let values = try source.run.values(of: column, rows: source.rows)
    var found: [(place: Int, item: Int, cell: EventBatch.Cell)] = []
    for index in 0..<values.count {
      guard let place = places[values.rows.row(of: index)] else { continue }
      let cell = try cell(index, of: values, column, source, name: nameNumber)
      found.append((place, values.items.row(of: index), cell))
    }
    return found
  }

  private mutating func cell(
    _ index: Int, of values: ColumnValues, _ column: ColumnEntry, _ source: RowSource, name: UInt32
  ) throws(MartletError) -> EventBatch.Cell {
    switch values.storage {
    case .none: return EventBatch.Cell(name: name, kind: .null, payload: 0)
    case .integers(let integers):
      let value = integers[index]
      switch values.kind {
      case .number: return BatchAssembly.number(value, scale: values.scale, name: name)
      case .boolean: return EventBatch.Cell(name: name, kind: .boolean, payload: value)
      case .list: return EventBatch.Cell(name: name, kind: .list, payload: 0)
      case .text: return try dictionaryText(value, column, source, name: name)
      case .plainText, .wideNumber, .null: break
      }
    case .texts(let arena, let ends):
      let bytes = arena[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
      if values.kind == .wideNumber {
        guard let number = Number(parsing: String(decoding: bytes, as: UTF8.self)) else {
          throw source.run.corrupt("a number is malformed")
        }
        batch.wideNumbers.append(number)
        return EventBatch.Cell(
          name: name, kind: .wideNumber, payload: Int64(batch.wideNumbers.count - 1))
      }
      return BatchAssembly.text(try append(bytes), name: name)
    }
    throw source.run.corrupt("a column's values are not of its kind")
  }

  private mutating func dictionaryText(
    _ position: Int64, _ column: ColumnEntry, _ source: RowSource, name: UInt32
  ) throws(MartletError) -> EventBatch.Cell {
    let key = DictionaryPlace(
      fileNumber: source.fileNumber, property: column.property, position: position)
    if let slice = textSlices[key] { return BatchAssembly.text(slice, name: name) }
    let dictionary = try source.file.dictionary(ofProperty: column.property)
    guard position >= 0, position < Int64(dictionary.count) else {
      throw source.run.corrupt("a value is not in its dictionary")
    }
    let slice = try append(dictionary.arena[dictionary.range(of: Int(position))])
    textSlices[key] = slice
    return BatchAssembly.text(slice, name: name)
  }

  private static func text(_ slice: EventBatch.Slice, name: UInt32) -> EventBatch.Cell {
    EventBatch.Cell(
      name: name, kind: .text, payload: Int64(slice.offset) << 32 | Int64(slice.count))
  }

  /// A number without the zeros that its column's scale gave it.
  private static func number(_ significand: Int64, scale: Int, name: UInt32) -> EventBatch.Cell {
    var (value, places) = (significand, scale)
    while places > 0, value % 10 == 0 { (value, places) = (value / 10, places - 1) }
    return EventBatch.Cell(name: name, kind: .number, scale: UInt8(places), payload: value)
  }
}
