import MartletModel

/// Which cell of a row stands in which column.
struct ColumnMap {
  /// Per property name of the batch: its column, or nil where there is none.
  private(set) var columnOfName: [Int?] = []
  /// Per column: the index of the current row's cell, or -1.
  private(set) var cellOfColumn: [Int] = []

  mutating func prepare(_ names: [Text], columns: [Text]) {
    columnOfName = names.map { columns.firstIndex(of: $0) }
    cellOfColumn = Array(repeating: -1, count: columns.count)
  }

  /// - Precondition: each cell's name has a column.
  mutating func arrange(_ cells: Range<Int>, of batch: EventBatch) {
    for column in cellOfColumn.indices { cellOfColumn[column] = -1 }
    for cell in cells {
      guard let column = columnOfName[Int(batch.cells[cell].name)] else {
        preconditionFailure("a cell without a column")
      }
      cellOfColumn[column] = cell
    }
  }
}
