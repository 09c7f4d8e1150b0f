/// What the values of a property become.
struct CellTarget {
  /// The dictionary of the property; nil where texts are written out.
  let merged: MergedDictionary?
  /// Decimal places of numbers of rows, and of items of lists.
  let rowScale: Int
  let itemScale: Int

  /// The kind of a stored column's values, before exceptions.
  func kind(of stored: ColumnKind) -> ColumnKind {
    switch stored {
    case .text, .plainText: merged == nil ? .plainText : .text
    default: stored
    }
  }
}
