import MartletEncoding
import MartletModel

extension PropertyCells {
  /// Makes payloads of a column's values; names those that are of another kind than the column.
  mutating func convert(
    _ cursor: inout ColumnCursor, _ scale: Int, _ source: CellSource, _ run: Run
  ) throws(MartletError) -> [(index: Int, kind: ColumnKind)] {
    switch cursor.entry.kind {
    case .boolean, .null, .list: return []
    case .number: return rescale(&cursor, to: scale)
    case .wideNumber: return try convertWide(&cursor, scale, run)
    case .text: try convertCodes(&cursor, source, run)
    case .plainText: try convertPlain(&cursor, run)
    }
    return []
  }

  private mutating func rescale(
    _ cursor: inout ColumnCursor, to scale: Int
  ) -> [(index: Int, kind: ColumnKind)] {
    let places = cursor.entry.scale
    // A filter may have left only values that need fewer places than their column has.
    guard places < scale else {
      guard places > scale else { return [] }
      let power = DecimalScale.power(places - scale)
      for index in cursor.values.indices { cursor.values[index] /= power }
      return []
    }
    var exceptions: [(index: Int, kind: ColumnKind)] = []
    for index in cursor.values.indices {
      let value = cursor.values[index]
      if let scaled = DecimalScale.rescaled(value, from: places, to: scale) {
        cursor.values[index] = scaled
      } else {
        cursor.values[index] = Int64(numbers.count)
        numbers.append(Number(significand: Int128(value), exponent: -places))
        exceptions.append((index, .wideNumber))
      }
    }
    return exceptions
  }

  private mutating func convertWide(
    _ cursor: inout ColumnCursor, _ scale: Int, _ run: Run
  ) throws(MartletError) -> [(index: Int, kind: ColumnKind)] {
    var exceptions: [(index: Int, kind: ColumnKind)] = []
    for index in 0..<cursor.count {
      let number = try run.wideNumber(cursor.texts[index])
      if let (value, places) = number.plain, places <= scale,
        let scaled = DecimalScale.rescaled(value, from: places, to: scale)
      {
        cursor.values.append(scaled)
        exceptions.append((index, .number))
      } else {
        cursor.values.append(Int64(numbers.count))
        numbers.append(number)
      }
    }
    return exceptions
  }

  private mutating func convertCodes(
    _ cursor: inout ColumnCursor, _ source: CellSource, _ run: Run
  ) throws(MartletError) {
    guard let dictionary = source.dictionary else { throw run.corrupt("a dictionary is missing") }
    let limit = UInt64(dictionary.count)
    let ranks = source.ranks
    for index in cursor.values.indices {
      let code = cursor.values[index]
      guard UInt64(bitPattern: code) < limit else {
        throw run.corrupt("a text is beyond the dictionary")
      }
      if target.merged == nil {
        cursor.values[index] = Int64(texts.count)
        texts.append(dictionary.arena[dictionary.range(of: Int(code))])
      } else {
        cursor.values[index] = Int64(ranks[Int(code)])
      }
    }
  }

  private mutating func convertPlain(
    _ cursor: inout ColumnCursor, _ run: Run
  ) throws(MartletError) {
    guard let merged = target.merged else {
      let first = Int64(texts.count)
      texts.append(contentsOf: cursor.texts)
      for index in 0..<Int64(cursor.count) { cursor.values.append(first + index) }
      return
    }
    for index in 0..<cursor.count {
      let range = cursor.texts.range(of: index)
      // A text that no kept row has is in no dictionary.
      let found = merged.table.find(cursor.texts.arena.rawSpan.extracting(range))
      cursor.values.append(found.map { Int64(merged.encoded.ranks[$0]) } ?? -1)
    }
  }
}
