import MartletEncoding
package import MartletModel
import RoaringBitmap

/// Which rows of a range have a value in a column, as distances from the range's start.
package enum RowPositions: Sendable {
  /// Row `i` of the range has value `i`.
  case all
  /// Value `i` belongs to row `rows[i]`; several values may share a row (items of a list).
  case some([UInt32])

  @inlinable
  package func row(of index: Int) -> Int {
    switch self {
    case .all: index
    case .some(let rows): Int(rows[index])
    }
  }
}

/// Values of one column for a range of rows.
package struct ColumnValues: Sendable {
  package enum Storage: Sendable {
    /// Significands, dictionary positions, booleans or item counts, by the column's kind.
    case integers([Int64])
    /// Texts, one after the other, and where each ends.
    case texts(arena: [UInt8], ends: [Int])
    /// Rows without a value of their own (`null`).
    case none
  }

  package var kind: ColumnKind
  package var scale: Int
  package var isItem: Bool
  package var rows: RowPositions
  /// Where among the items of the rows each value stands; meaningful for item columns only.
  package var items: RowPositions
  package var storage: Storage

  package var count: Int {
    switch storage {
    case .integers(let values): values.count
    case .texts(_, let ends): ends.count
    case .none:
      switch rows {
      case .all: 0
      case .some(let rows): rows.count
      }
    }
  }
}

extension Run {
  /// The values of a column that belong to `rows`.
  /// - Complexity: O(values)
  package func values(
    of column: ColumnEntry, rows: Range<Int>
  ) throws(MartletError) -> ColumnValues {
    guard column.isItemLevel else {
      let (range, positions) = try locate(column, in: rows)
      return try read(column, range, positions, items: positions)
    }
    guard
      let lists = directory.columns.first(where: {
        $0.property == column.property && $0.kind == .list
      })
    else { throw corrupt("a property has items but no lists") }
    let starts = try itemStarts(lists)
    let (listRange, listPositions) = try locate(lists, in: rows)
    let items = starts[listRange.lowerBound]..<starts[listRange.upperBound]
    guard items.upperBound <= column.positionCount else {
      throw corrupt("a property's items do not add up")
    }
    let (range, itemPositions) = try locate(column, in: items)
    var rowOfItem: [UInt32] = []
    rowOfItem.reserveCapacity(items.count)
    for (offset, list) in listRange.enumerated() {
      let row = UInt32(listPositions.row(of: offset))
      for _ in starts[list]..<starts[list + 1] { rowOfItem.append(row) }
    }
    let positions: RowPositions =
      switch itemPositions {
      case .all: .some(rowOfItem)
      case .some(let items): .some(items.map { rowOfItem[Int($0)] })
      }
    return try read(column, range, positions, items: itemPositions)
  }

  /// The values of a column that stand in `range` of its positions, and where.
  private func locate(
    _ column: ColumnEntry, in range: Range<Int>
  ) throws(MartletError) -> (values: Range<Int>, positions: RowPositions) {
    guard let handle = column.presence else {
      return column.kind == .null ? (0..<0, .some(Array(0..<UInt32(range.count)))) : (range, .all)
    }
    let presence = try presence(handle)
    var positions: [UInt32] = []
    var first: Int?
    if !range.isEmpty {
      for key in (range.lowerBound >> 16)...((range.upperBound - 1) >> 16) {
        let lows = presence.lowValues(ofKey: UInt16(key))
        for (index, low) in lows.enumerated() {
          let position = key << 16 | Int(low)
          guard range.contains(position) else { continue }
          if first == nil { first = presence.rankOfBlock(UInt16(key)) + index }
          positions.append(UInt32(position - range.lowerBound))
        }
      }
    }
    let start = first ?? 0
    guard column.kind == .null || start + positions.count <= column.values.valueCount else {
      throw corrupt("a column has fewer values than its presence says")
    }
    return (start..<start + positions.count, .some(positions))
  }

  private func read(
    _ column: ColumnEntry, _ range: Range<Int>, _ positions: RowPositions, items: RowPositions
  ) throws(MartletError) -> ColumnValues {
    let storage: ColumnValues.Storage
    if column.kind == .null {
      storage = .none
    } else if column.kind.isText {
      let (arena, ends) = try column.values.texts(range, in: bytes, what: "\(name), texts")
      storage = .texts(arena: arena, ends: ends)
    } else {
      storage = .integers(
        try column.values.integers(range, in: bytes, what: "\(name), values"))
    }
    return ColumnValues(
      kind: column.kind, scale: column.scale, isItem: column.isItemLevel, rows: positions,
      items: items, storage: storage)
  }
}
