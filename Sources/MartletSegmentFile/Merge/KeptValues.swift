import MartletModel

/// Reads the values that the kept rows of a run have of a property.
enum KeptValues {
  /// Calls `body` with each column but lists, range after range of rows, and the indices of those
  /// of its values that kept rows have.
  /// - Parameter kept: nil: all rows.
  static func forEach(
    of property: Int, _ run: Run, _ kept: RowSet?,
    _ body: (ColumnCursor, [Int]) throws(MartletError) -> Void
  ) throws(MartletError) {
    var reader = try PropertyReader(property, of: run)
    var start = 0
    while start < run.directory.rowCount {
      let rows = start..<min(start + KeyBatches.usualRowCount, run.directory.rowCount)
      try reader.read(rows)
      for cursor in reader.scalars {
        try body(
          cursor,
          (0..<cursor.count).filter {
            kept?.contains(start + cursor.position(of: $0)) ?? true
          })
      }
      let isKept = keptItems(reader, kept, start)
      for cursor in reader.items {
        try body(cursor, (0..<cursor.count).filter { isKept[cursor.position(of: $0)] })
      }
      start = rows.upperBound
    }
  }

  /// Which items of the lists that were read last lie in kept rows.
  private static func keptItems(
    _ reader: PropertyReader, _ kept: RowSet?, _ start: Int
  ) -> [Bool] {
    guard let lists = reader.lists else { return [] }
    var isKept: [Bool] = []
    isKept.reserveCapacity(reader.itemCount)
    for index in 0..<lists.count {
      let isIn = kept?.contains(start + lists.position(of: index)) ?? true
      isKept.append(contentsOf: repeatElement(isIn, count: Int(lists.values[index])))
    }
    return isKept
  }
}
