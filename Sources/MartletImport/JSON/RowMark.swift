/// The row that used a property name last.
struct RowMark {
  var rowStamp: UInt64 = 0
  /// Index of the cell in the batch; `RowMark.noCell` where it is null.
  var cell = 0
  var origin = FieldRole.property

  static let noCell = -1
}
