/// The arrival order of rows that share user and time with a row of another run.
///
/// Within a run, row order is arrival; only these few rows need a rank to be ordered across runs.
struct TieRanks {
  /// Sorted rows of one run and their ranks among the rows of the same user and time.
  struct Ranks {
    var rows: [Int64] = []
    var ranks: [Int64] = []
  }

  private struct Candidate {
    var user: UInt32
    var time: Int64
    var arrival: UInt32
    var run: Int
    var row: Int
  }

  /// Ranks for each of `runs`; trait updates take no part in any order across runs.
  ///
  /// Two passes over a table of tags find nearly all rows that have no tie; the rest is sorted.
  /// - Complexity: O(rows) expected.
  static func compute(_ runs: [SortedRun]) -> [Ranks] {
    var result = runs.map { _ in Ranks() }
    let eventRuns = runs.indices.filter { runs[$0].buffer.eventType != nil }
    guard eventRuns.count > 1 else { return result }
    let rowCount = eventRuns.reduce(0) { $0 + runs[$1].rowCount }
    let tags = TieTags(rowCount: rowCount) { tags in
      for run in eventRuns {
        for row in 0..<runs[run].rowCount {
          tags.note(user: runs[run].users[row], time: runs[run].times[row], run: run)
        }
      }
    }
    var candidates: [Candidate] = []
    for run in eventRuns {
      let sorted = runs[run]
      for row in 0..<sorted.rowCount {
        let (user, time) = (sorted.users[row], sorted.times[row])
        guard tags.areShared(user: user, time: time) else { continue }
        candidates.append(
          Candidate(
            user: user, time: time, arrival: sorted.arrival(ofRow: row), run: run, row: row))
      }
    }
    candidates.sort { ($0.user, $0.time, $0.arrival) < ($1.user, $1.time, $1.arrival) }
    rank(candidates, into: &result)
    for run in result.indices {
      let order = result[run].rows.indices.sorted {
        result[run].rows[$0] < result[run].rows[$1]
      }
      result[run] = Ranks(
        rows: order.map { result[run].rows[$0] }, ranks: order.map { result[run].ranks[$0] })
    }
    return result
  }

  private static func rank(_ candidates: [Candidate], into result: inout [Ranks]) {
    var start = 0
    while start < candidates.count {
      var end = start + 1
      while end < candidates.count, candidates[end].user == candidates[start].user,
        candidates[end].time == candidates[start].time
      {
        end += 1
      }
      let group = candidates[start..<end]
      if group.contains(where: { $0.run != candidates[start].run }) {
        for (rank, candidate) in group.enumerated() {
          result[candidate.run].rows.append(Int64(candidate.row))
          result[candidate.run].ranks.append(Int64(rank))
        }
      }
      start = end
    }
  }
}
