import MartletModel
import RoaringBitmap

/// What users and times of all runs together say: ranks, and who was there on which day.
struct MergedKeys {
  /// By run, see `MergedTies`.
  let ranks: [[[UInt32]]?]
  /// In ascending order; none where they span too much.
  let days: [(day: Int, users: RoaringBitmap)]

  /// - Complexity: O(rows), and O(n log n) for those of one time
  init(_ inputs: MergeInputs, tiedRowCountMax: Int?) throws(MartletError) {
    var ties = MergedTies(inputs.runs)
    var days = DayUsers()
    let events = inputs.runs.indices.filter { inputs.runs[$0].eventType != nil }
    let traits = inputs.runs.indices.filter { inputs.runs[$0].eventType == nil }
    var eventTimes = TieSurvey(events.map { inputs.runs[$0] })
    try MergedKeys.forEachBatch(of: events, inputs) { _, batches in
      days.add(batches)
      eventTimes.note(batches)
    } afterKeys: {
      days.finishKeys()
    }
    var traitTimes = TieSurvey(traits.map { inputs.runs[$0] })
    try MergedKeys.forEachBatch(of: traits, inputs) { _, batches in traitTimes.note(batches) }
    for (runs, times) in [(events, eventTimes), (traits, traitTimes)] {
      let rowCountMax = tiedRowCountMax ?? min(max(times.rowCount / 16, 1 << 17), 1 << 22)
      for slice in times.slices(rowCountMax: rowCountMax) {
        var rows: [TieRanks.Row] = []
        try MergedKeys.forEachBatch(of: runs, inputs) { keys, batches throws(MartletError) in
          let found = try Parallel.map(Array(zip(runs, zip(keys, batches)))) {
            run, batch throws(MartletError) in
            try times.rows(of: batch.1, batch.0, run: run, in: slice)
          }
          for found in found { rows += found }
        }
        ties.rank(rows)
      }
    }
    (ranks, self.days) = (ties.ranks, days.finish())
  }

  /// Calls `body` with rows of each run, users after users, and `afterKeys` when all rows of some
  /// keys were read.
  private static func forEachBatch(
    of runs: [Int], _ inputs: MergeInputs,
    _ body: ([RunKeys], [KeyBatch]) throws(MartletError) -> Void, afterKeys: () -> Void = {}
  ) throws(MartletError) {
    let keys = try Parallel.map(runs) { run throws(MartletError) in
      try RunKeys(inputs.runs[run])
    }
    let sources = keys.flatMap { $0.run.sources.map(\.run) }
    guard !sources.isEmpty else { return }
    // Only users and times are read: a batch of all runs may have more rows than one of values.
    let all = KeyBatches(rowCount: inputs.batches.rowCount * 2)
    let ofRun = KeyBatches(rowCount: max(all.rowCount / 64, all.rowCount / runs.count))
    for range in all.ranges(of: sources) {
      _ = try Parallel.map(keys) { run throws(MartletError) in try run.start(range) }
      while true {
        let batches = try Parallel.map(keys) { run throws(MartletError) in
          try run.next(ofRun)
        }
        guard batches.contains(where: { $0 != nil }) else { break }
        try body(keys, batches.map { $0 ?? KeyBatch() })
      }
      afterKeys()
    }
  }
}
