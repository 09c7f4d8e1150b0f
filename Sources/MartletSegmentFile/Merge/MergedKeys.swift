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
    var eventTimes = TieSurvey(events.flatMap { inputs.runs[$0].sources })
    try MergedKeys.forEachBatch(of: events, inputs) { batches in
      days.add(batches)
      eventTimes.note(batches)
    } afterKeys: {
      days.finishKeys()
    }
    var traitTimes = TieSurvey(traits.flatMap { inputs.runs[$0].sources })
    try MergedKeys.forEachBatch(of: traits, inputs) { batches in traitTimes.note(batches) }
    for (times, areEvents) in [(eventTimes, true), (traitTimes, false)] {
      let sources = ties.sources.indices.filter {
        (ties.sources[$0].run.entry.eventType != nil) == areEvents
      }
      let rowCountMax = tiedRowCountMax ?? min(max(times.rowCount / 16, 1 << 17), 1 << 22)
      for slice in times.slices(rowCountMax: rowCountMax) {
        let found = try Parallel.map(sources) { number throws(MartletError) in
          try times.rows(
            of: ties.sources[number], numbered: number, inputs.batches, in: slice)
        }
        var rows: [TieRanks.Row] = []
        rows.reserveCapacity(found.reduce(0) { $0 + $1.count })
        for found in found { rows += found }
        ties.rank(rows)
      }
    }
    (ranks, self.days) = (ties.ranks, days.finish())
  }

  /// Calls `body` with rows of each run, users after users, and `afterKeys` when all rows of some
  /// keys were read.
  private static func forEachBatch(
    of runs: [Int], _ inputs: MergeInputs,
    _ body: ([KeyBatch]) -> Void, afterKeys: () -> Void = {}
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
        body(batches.compactMap { $0 })
      }
      afterKeys()
    }
  }
}
