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
      let ranges = order.map { source.range(of: Int(column.values[$0])) }
      let values = sink.appendTextColumn(arena: source.arena, ranges: ranges, as: .properties)
      return [entry(column, .plainText, positions, positionCount, values)]
    case .text:
      let ranks = texts[column.property].ranks
      let values = order.map { Int64(ranks[Int(column.values[$0])]) }
      let pages = sink.appendColumn(values, as: .properties)
      return [entry(column, .text, positions, positionCount, pages)]
    case .wideNumber:
      let numbers = order.map { wideNumbers[Int(column.values[$0])] }
      return [encodeWide(column, numbers, positions, positionCount)]
    case .null:
      return [entry(column, .null, positions, positionCount, .empty)]
    case .boolean, .list:
      let values = sink.appendColumn(order.map { column.values[$0] }, as: .properties)
      return [entry(column, column.kind, positions, positionCount, values)]
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
      let values = sink.appendColumn(order.map { column.values[$0] }, as: .properties)
      return [entry(column, .number, positions, positionCount, values)]
    }
    var (fitting, fittingPositions): ([Int64], [UInt32]) = ([], [])
    var (wide, widePositions): ([Number], [UInt32]) = ([], [])
    for (position, index) in zip(positions, order) {
      let (value, places) = (column.values[index], column.scale(of: index))
      let (scaled, overflow) = value.multipliedReportingOverflow(
        by: DecimalScale.power(scale - places))
      if overflow {
        wide.append(Number(significand: Int128(value), exponent: -places))
        widePositions.append(position)
      } else {
        fitting.append(scaled)
        fittingPositions.append(position)
      }
    }
    let values = sink.appendColumn(fitting, as: .properties)
    var entries = [
      entry(column, .number, fittingPositions, positionCount, values, scale: scale)
    ]
    if !wide.isEmpty { entries.append(encodeWide(column, wide, widePositions, positionCount)) }
    return entries
  }

  private mutating func encodeWide(
    _ column: ColumnBuffer, _ numbers: [Number], _ positions: [UInt32], _ positionCount: Int
  ) -> ColumnEntry {
    var (arena, ranges): ([UInt8], [Range<Int>]) = ([], [])
    for number in numbers {
      let start = arena.count
      arena.append(contentsOf: number.description.utf8)
      ranges.append(start..<arena.count)
    }
    let values = sink.appendTextColumn(arena: arena, ranges: ranges, as: .properties)
    return entry(column, .wideNumber, positions, positionCount, values)
  }

  private mutating func entry(
    _ column: ColumnBuffer, _ kind: ColumnKind, _ positions: [UInt32], _ positionCount: Int,
    _ values: PagedColumn, scale: Int = 0
  ) -> ColumnEntry {
    let isDense = positions.count == positionCount
    let presence =
      isDense ? nil : sink.append(RoaringBitmap(sorted: positions), as: .properties)
    return ColumnEntry(
      property: column.property, kind: kind, isItemLevel: column.isItemLevel, scale: scale,
      positionCount: positionCount, presence: presence, values: values)
  }
}
