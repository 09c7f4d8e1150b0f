import MartletModel

/// One column of a CSV file.
struct CSVColumn: Sendable {
  /// What its cells are for.
  enum Role: Sendable {
    case user
    case event
    case time
    case insertID
    case property
  }

  var name: Text
  var role: Role
  /// The kind that the caller gave it.
  var type: ColumnType?
}
