import MartletModel
import RoaringBitmap

/// What users and times of all runs together say: ties, and who was there on which day.
struct MergedKeys {
  /// By run.
  private(set) var ties: [RunTies]
  /// In ascending order; none where they span too much.
  let days: [(day: Int, users: RoaringBitmap)]

  /// Rows in a batch, where the users of one key have no more.
  private static let rowCount = 1 << 19

  /// - Complexity: O(rows)
  init(_ inputs: MergeInputs) throws(MartletError) {
    ties = inputs.runs.map { _ in RunTies() }
    let eventRuns = inputs.runs.indices.filter { inputs.runs[$0].eventType != nil }
    let keys = try Parallel.map(eventRuns) { run throws(MartletError) in
      try RunKeys(inputs.runs[run])
    }
    let runs = keys.flatMap { $0.run.sources.map(\.run) }
    var days = DayUsers()
    for range in KeyBatches.ranges(of: runs, rowCount: MergedKeys.rowCount) {
      let batches = try Parallel.map(keys) { run throws(MartletError) in try run.next(range) }
      days.add(batches)
      let found = try BatchTies.compute(batches, keys)
      for (run, found) in zip(eventRuns, found) {
        ties[run].users += found.users
        ties[run].times += found.times
        ties[run].ranks += found.ranks
      }
    }
    self.days = days.finish()
  }
}
