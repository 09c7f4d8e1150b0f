import MartletModel
import MartletSegmentFile

/// The values of one property on the rows of a run, as keys.
struct PropertyKeys {
  /// Distances from the range's first row, ascending; a row with a list stands once for each
  /// distinct item.
  private(set) var rows: [UInt32] = []
  private(set) var keys: [ValueKey] = []

  init(
    of name: Text, on runRows: RunRows, numbering: TextNumbering
  ) throws(MartletError) {
    guard let property = runRows.file.propertyIndex(of: name) else { return }
    var columnCount = 0
    for column in runRows.run.columns(ofProperty: property)
    where column.kind != .list && column.kind != .null {
      let values = try runRows.run.values(of: column, rows: runRows.rows)
      try append(values, runRows, numbering)
      columnCount += 1
    }
    if columnCount > 1 || runRows.run.columns(ofProperty: property).contains(where: \.isItemLevel) {
      sortAndDropRepeats()
    }
  }

  private mutating func append(
    _ values: ColumnValues, _ runRows: RunRows, _ numbering: TextNumbering
  ) throws(MartletError) {
    for index in 0..<values.count { rows.append(UInt32(values.rows.row(of: index))) }
    switch values.storage {
    case .none: return
    case .integers(let integers):
      switch values.kind {
      case .text:
        let numbers = numbering.numbers(ofFile: runRows.fileNumber)
        for value in integers {
          guard value >= 0, value < numbers.count else {
            throw runRows.run.corrupt("a text lies outside its dictionary")
          }
          keys.append(ValueKey(text: numbers[Int(value)]))
        }
      case .boolean: keys += integers.map { ValueKey(boolean: $0 != 0) }
      default: keys += integers.map { ValueKey(significand: $0, scale: values.scale) }
      }
    case .texts(let arena, let ends):
      guard values.kind == .wideNumber else {
        keys += numbering.numbers(arena: arena, ends: ends).map { ValueKey(text: $0) }
        return
      }
      var start = 0
      for end in ends {
        let number = try runRows.wideNumber(arena[start..<end])
        keys.append(ValueKey(number, numbering: numbering))
        start = end
      }
    }
  }

  private mutating func sortAndDropRepeats() {
    let order = rows.indices.sorted { (rows[$0], keys[$0]) < (rows[$1], keys[$1]) }
    var (sortedRows, sortedKeys): ([UInt32], [ValueKey]) = ([], [])
    for index in order {
      if sortedRows.last == rows[index], sortedKeys.last == keys[index] { continue }
      sortedRows.append(rows[index])
      sortedKeys.append(keys[index])
    }
    (rows, keys) = (sortedRows, sortedKeys)
  }
}

extension RunRows {
  /// A number of a `wideNumber` column.
  func wideNumber(_ bytes: ArraySlice<UInt8>) throws(MartletError) -> Number {
    guard let text = Text(validating: bytes), let number = Number(parsing: text.string) else {
      throw run.corrupt("a stored number cannot be read")
    }
    return number
  }
}
