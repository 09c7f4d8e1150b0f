/// The kind that a CSV column's cells have, whatever they look like.
public enum ColumnType: String, Hashable, Sendable, CaseIterable {
  /// Every cell as written: `00123`, `true` and `1.0` are texts.
  case text
  /// A decimal number in any JSON or spreadsheet spelling: `007`, `+1.50`, `1e3`.
  case number
  /// `true`/`false`, `yes`/`no`, `t`/`f`, `y`/`n`, `1`/`0`, in any case.
  case boolean
}
