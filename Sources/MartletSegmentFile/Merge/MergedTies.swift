/// The ranks of the rows of a merge.
struct MergedTies {
  /// By run and source, for each row of the source: its rank and one, or 0 where it needs none.
  /// Empty where no row of a source needs one, nil where none of a run does.
  private(set) var ranks: [[[UInt32]]?]
  /// By run and source.
  private let rowCounts: [[Int]]

  init(_ runs: [MergeRun]) {
    ranks = runs.map { _ in nil }
    rowCounts = runs.map { $0.sources.map { $0.run.directory.rowCount } }
  }

  /// Ranks rows.
  /// - Parameter rows: of some times all rows that may need a rank.
  mutating func rank(_ rows: [TieRanks.Row]) {
    TieRanks.forEach(of: rows) { row, rank in
      let (run, source) = (Int(row.run), Int(row.source))
      if ranks[run] == nil { ranks[run] = rowCounts[run].map { _ in [] } }
      if ranks[run]?[source].isEmpty ?? true {
        ranks[run]?[source] = [UInt32](repeating: 0, count: rowCounts[run][source])
      }
      ranks[run]?[source][Int(row.row)] = rank + 1
    }
  }
}
