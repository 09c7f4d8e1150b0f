import MartletModel
import RoaringBitmap

extension RunEncoder {
  /// The entries of one buffered column; `positions[i]` holds the value at `order[i]`.
  mutating func encode(
    _ column: ColumnBuffer, positions: [UInt32], order: [Int], positionCount: Int
  ) -> [ColumnEntry] {
    switch column.kind {
    case .number: return encodeNumbers(column, positions, order, positionCount)
    case .text where texts[column.property].isPlain:
      let source = texts[column.property]
      var writer = writer(.plainText, of: column)
      for (position, index) in zip(positions, order) {
        let range = source.range(of: Int(column.values[index]))
        writer.append(text: source.arena[range], at: Int(position))
      }
      return [finish(&writer, column, positionCount)]
    case .text:
      let ranks = texts[column.property].ranks
      return [
        encodeIntegers(column, positions, order, positionCount) { Int64(ranks[Int($0)]) }
      ]
    case .wideNumber:
      var writer = writer(.wideNumber, of: column)
      for (position, index) in zip(positions, order) {
        writer.append(wideNumbers[Int(column.values[index])], at: Int(position))
      }
      return [finish(&writer, column, positionCount)]
    case .null:
      var writer = writer(.null, of: column)
      for position in positions { writer.appendNull(at: Int(position)) }
      return [finish(&writer, column, positionCount)]
    case .boolean, .list:
      return [encodeIntegers(column, positions, order, positionCount) { $0 }]
    case .plainText: preconditionFailure("buffers hold texts as numbers of a table")
    }
  }

  /// One column at the greatest scale that occurs; values that do not fit in it go into a second
  /// column as wide numbers.
  private mutating func encodeNumbers(
    _ column: ColumnBuffer, _ positions: [UInt32], _ order: [Int], _ positionCount: Int
  ) -> [ColumnEntry] {
    let scale = Int(column.scales.max() ?? 0)
    guard scale > 0 else {
      return [encodeIntegers(column, positions, order, positionCount) { $0 }]
    }
    var (fitting, wide) = (writer(.number, of: column), writer(.wideNumber, of: column))
    for (position, index) in zip(positions, order) {
      let (value, places) = (column.values[index], column.scale(of: index))
      if let scaled = DecimalScale.rescaled(value, from: places, to: scale) {
        fitting.append(scaled, at: Int(position))
      } else {
        wide.append(Number(significand: Int128(value), exponent: -places), at: Int(position))
      }
    }
    var entries = [finish(&fitting, column, positionCount, scale: scale)]
    if wide.count > 0 { entries.append(finish(&wide, column, positionCount)) }
    return entries
  }

  @inline(__always)
  private mutating func encodeIntegers(
    _ column: ColumnBuffer, _ positions: [UInt32], _ order: [Int], _ positionCount: Int,
    _ value: (Int64) -> Int64
  ) -> ColumnEntry {
    var writer = writer(column.kind, of: column)
    for (position, index) in zip(positions, order) {
      writer.append(value(column.values[index]), at: Int(position))
    }
    return finish(&writer, column, positionCount)
  }

  private func writer(_ kind: ColumnKind, of column: ColumnBuffer) -> ColumnWriter {
    ColumnWriter(
      kind: kind, isItemLevel: column.isItemLevel, compressionLevel: sink.compressionLevel)
  }

  private mutating func finish(
    _ writer: inout ColumnWriter, _ column: ColumnBuffer, _ positionCount: Int, scale: Int = 0
  ) -> ColumnEntry {
    writer.finish(
      property: column.property, scale: scale, positionCount: positionCount, into: &sink)
  }
}
