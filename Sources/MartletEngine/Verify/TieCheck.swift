import MartletModel
import MartletSegmentFile

/// Holds the ranks of rows that share user and time with a row of another run against the rows.
struct TieCheck {
  private struct Row {
    var user: UInt32
    var time: Int64
    var run: Int
    var row: Int
  }

  private var rows: [Int: [Int64]] = [:]
  private var ranks: [Int: [Int64]] = [:]
  /// Into `rows`, by run.
  private var next: [Int: Int] = [:]
  private var hasFault = false

  /// - Parameter runs: whose pages were found to be sound.
  init(_ runs: [Int: Run]) {
    for (index, run) in runs {
      guard let ties = try? run.ties() else { continue }
      (rows[index], ranks[index], next[index]) = (ties.rows, ties.ranks, 0)
    }
  }

  /// What is wrong with the ranks of some rows; later calls have rows of later users.
  mutating func fault(in blocks: [SegmentFileCheck.RowBlock]) -> String? {
    guard !hasFault else { return nil }
    let fault = ranked(blocks)
    if fault != nil { hasFault = true }
    return fault
  }

  /// What is wrong when all rows were seen.
  var faultAtEnd: String? {
    guard !hasFault else { return nil }
    return next.contains { $0.value < rows[$0.key]?.count ?? 0 }
      ? "a row has a rank that shares its user and time with none" : nil
  }

  private mutating func ranked(_ blocks: [SegmentFileCheck.RowBlock]) -> String? {
    let candidates = candidates(blocks)
    var start = 0
    while start < candidates.count {
      var end = start + 1
      while end < candidates.count, candidates[end].user == candidates[start].user,
        candidates[end].time == candidates[start].time
      {
        end += 1
      }
      let group = candidates[start..<end]
      start = end
      guard group.contains(where: { $0.run != group.first?.run }) else { continue }
      var found: [(rank: Int64, run: Int)] = []
      for row in group {
        let place = next[row.run] ?? 0
        guard let rows = rows[row.run], place < rows.count, rows[place] == Int64(row.row),
          let rank = ranks[row.run]?[place]
        else { return "row \(row.row) of run \(row.run) has no rank, or an earlier one has" }
        next[row.run] = place + 1
        if let last = found.last, last.run == row.run, last.rank >= rank {
          return "rows of run \(row.run) are not in order of arrival"
        }
        found.append((rank, row.run))
      }
      guard found.map(\.rank).sorted() == (0..<Int64(group.count)).map({ $0 }) else {
        return "the ranks at one instant are not 0 to \(group.count - 1)"
      }
    }
    return nil
  }

  /// Rows that may share user and time with one of another run, by user, time, run and row.
  private func candidates(_ blocks: [SegmentFileCheck.RowBlock]) -> [Row] {
    guard blocks.count > 1 else { return [] }
    let tags = TieTags(rowCount: blocks.reduce(0) { $0 + $1.users.count }) { tags in
      for block in blocks {
        for (user, time) in zip(block.users, block.times) {
          tags.note(user: user, time: time, run: block.run)
        }
      }
    }
    var candidates: [Row] = []
    for block in blocks {
      for index in block.users.indices {
        let (user, time) = (block.users[index], block.times[index])
        guard tags.areShared(user: user, time: time) else { continue }
        candidates.append(
          Row(user: user, time: time, run: block.run, row: block.firstRow + index))
      }
    }
    candidates.sort { ($0.user, $0.time, $0.run, $0.row) < ($1.user, $1.time, $1.run, $1.row) }
    return candidates
  }
}
