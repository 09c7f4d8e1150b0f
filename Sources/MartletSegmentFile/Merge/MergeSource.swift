/// One run of one input of a merge.
struct MergeSource {
  /// Place of the file in order of arrival.
  let file: Int
  /// Place of the file among all that are read, those of moved rows included.
  let reading: Int
  let run: Run
  /// The merge's number of each property of the file.
  let properties: [Int]
  /// The rows that are merged; nil: all.
  var kept: RowSet?
  /// What rows were before they moved to another user; nil where none did.
  var origins: [RowOrigin]?

  /// Whether a row is merged.
  func keeps(_ row: Int) -> Bool { kept?.contains(row) ?? true }

  var keptCount: Int { kept?.count ?? run.directory.rowCount }
}
