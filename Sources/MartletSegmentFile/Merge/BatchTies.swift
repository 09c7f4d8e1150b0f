import MartletEncoding
import MartletModel

/// Ranks of the rows of a batch of users that share user and time with a row of another run.
enum BatchTies {
  private struct Candidate {
    var user: UInt32
    var time: Int64
    var arrival: Arrival
    var run: Int
  }

  /// By run; `batches[i]` was read by `keys[i]`.
  ///
  /// As in `TieRanks`, a table of tags finds nearly all rows that have no tie.
  /// - Complexity: O(rows) expected
  static func compute(
    _ batches: [KeyBatch], _ keys: [RunKeys]
  ) throws(MartletError) -> [RunTies] {
    var result = batches.map { _ in RunTies() }
    let rowCount = batches.reduce(0) { $0 + $1.count }
    guard batches.count(where: { $0.count > 0 }) > 1 else { return result }
    let tags = TieTags(rowCount: rowCount) { tags in
      for (run, batch) in batches.enumerated() {
        for place in 0..<batch.count {
          tags.note(user: batch.users[place], time: batch.times[place], run: run)
        }
      }
    }
    var candidates: [Candidate] = []
    for (run, batch) in batches.enumerated() {
      for place in 0..<batch.count {
        let (user, time) = (batch.users[place], batch.times[place])
        guard tags.areShared(user: user, time: time) else { continue }
        candidates.append(
          Candidate(
            user: user, time: time, arrival: try keys[run].arrival(of: place, in: batch),
            run: run))
      }
    }
    candidates.sort {
      ($0.user, $0.time, $0.arrival, $0.run) < ($1.user, $1.time, $1.arrival, $1.run)
    }
    var start = 0
    while start < candidates.count {
      let (user, time, run) = (
        candidates[start].user, candidates[start].time, candidates[start].run
      )
      var end = start + 1
      while end < candidates.count, candidates[end].user == user, candidates[end].time == time {
        end += 1
      }
      if candidates[start..<end].contains(where: { $0.run != run }) {
        for (rank, candidate) in candidates[start..<end].enumerated() {
          result[candidate.run].users.append(user)
          result[candidate.run].times.append(time)
          result[candidate.run].ranks.append(Int64(rank))
        }
      }
      start = end
    }
    return result
  }
}
