/// The ranks of the rows of a merge.
struct MergedTies {
  /// By run and source, for each row of the source: its rank and one, or 0 where it needs none.
  /// Empty where no row of a source needs one, nil where none of a run does.
  private(set) var ranks: [[[UInt32]]?]
  /// All sources, those of a run one after the other.
  let sources: [MergeSource]
  /// The same, as ranks are told of them.
  private let ranked: [TieRanks.Source]
  /// The run of each, and which of its sources it is.
  private let places: [(run: Int, source: Int)]

  init(_ runs: [MergeRun]) {
    ranks = runs.map { _ in nil }
    sources = runs.flatMap(\.sources)
    places = runs.indices.flatMap { run in
      runs[run].sources.indices.map { (run: run, source: $0) }
    }
    ranked = zip(sources, places).map { source, place in
      TieRanks.Source(
        run: UInt32(place.run), file: UInt32(source.file), origins: source.origins)
    }
  }

  /// Ranks rows.
  /// - Parameter rows: of some times all rows that may need a rank; their sources are numbered as
  ///   here.
  mutating func rank(_ rows: [TieRanks.Row]) {
    TieRanks.forEach(of: rows, ranked) { row, rank in
      let (run, source) = places[Int(row.source)]
      if ranks[run] == nil {
        ranks[run] = places.filter { $0.run == run }.map { _ in [] }
      }
      if ranks[run]?[source].isEmpty ?? true {
        ranks[run]?[source] = [UInt32](
          repeating: 0, count: sources[Int(row.source)].run.directory.rowCount)
      }
      ranks[run]?[source][Int(row.row)] = rank + 1
    }
  }
}
