import MartletModel
import MartletSegmentFile

/// Holds the ranks of rows of one time against the rows: those of events, or of trait updates.
struct TieCheck {
  private struct Row {
    var time: Int64
    var rank: UInt32
    var user: UInt32
    var run: Int
  }

  private var ties: [Int: Ties] = [:]
  /// Into `ties`, by run.
  private var next: [Int: Int] = [:]
  /// Times at which rows have ranks.
  private var tiedTimes: Set<Int64> = []
  /// The rows with a rank, of all users, by run in its order.
  private var rows: [Row] = []
  private var found: String?

  /// - Parameter runs: whose pages were found to be sound.
  init(_ runs: [Int: Run]) {
    for (index, run) in runs {
      guard let found = try? run.ties(), !found.isEmpty else { continue }
      (ties[index], next[index]) = (found, 0)
      guard let times = try? run.times(0..<run.directory.rowCount) else { continue }
      for row in found.rows { tiedTimes.insert(times[Int(row)]) }
    }
  }

  /// Looks at the rows of users who share the upper half of their ordinals; later calls have rows
  /// of later users.
  mutating func add(_ blocks: [SegmentFileCheck.RowBlock], key: UInt16) {
    guard found == nil else { return }
    var times = SharedTimes(rowCount: blocks.reduce(0) { $0 + $1.times.count })
    for block in blocks { for time in block.times { times.note(time) } }
    var free: [Row] = []
    for block in blocks {
      for (index, time) in block.times.enumerated() {
        let user = UInt32(key) << 16 | block.users[index]
        if let rank = rank(ofRow: block.firstRow + index, of: block.run) {
          rows.append(Row(time: time, rank: rank, user: user, run: block.run))
        } else if tiedTimes.contains(time) {
          found = "row \(block.firstRow + index) of run \(block.run) lacks one"
          return
        } else if blocks.count > 1, times.areShared(time) {
          free.append(Row(time: time, rank: 0, user: user, run: block.run))
        }
      }
    }
    free.sort { ($0.user, $0.time, $0.run) < ($1.user, $1.time, $1.run) }
    for (left, right) in zip(free, free.dropFirst())
    where left.user == right.user && left.time == right.time && left.run != right.run {
      found = "user \(left.user) has rows of one time in runs \(left.run) and \(right.run)"
    }
  }

  /// The rank of the run's next row.
  private mutating func rank(ofRow row: Int, of run: Int) -> UInt32? {
    guard let ties = ties[run], let place = next[run], place < ties.rows.count,
      Int(ties.rows[place]) == row
    else { return nil }
    next[run] = place + 1
    return ties.ranks[place]
  }

  /// What is wrong, when all rows were added.
  var fault: String? {
    if let found { return found }
    var order = [Int](rows.indices)
    order.sort {
      (rows[$0].time, rows[$0].rank, $0) < (rows[$1].time, rows[$1].rank, $1)
    }
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, rows[order[end]].time == rows[order[start]].time { end += 1 }
      if let fault = fault(of: order[start..<end]) {
        return "those of the rows of time \(rows[order[start]].time) \(fault)"
      }
      start = end
    }
    return nil
  }

  /// What is wrong with the ranks of one time.
  /// - Parameter group: places of its rows in `rows`, in order of rank.
  private func fault(of group: ArraySlice<Int>) -> String? {
    for (rank, place) in group.enumerated() where rows[place].rank != UInt32(rank) {
      return "are not 0 to \(group.count - 1)"
    }
    var last: [RunUser: Int] = [:]
    for place in group {
      let key = RunUser(run: rows[place].run, user: rows[place].user)
      if let earlier = last.updateValue(place, forKey: key), earlier > place {
        return "contradict the order of run \(rows[place].run)"
      }
    }
    let isNeeded = zip(group, group.dropFirst()).contains { earlier, later in
      rows[earlier].user > rows[later].user
        || rows[earlier].user == rows[later].user && rows[earlier].run != rows[later].run
    }
    return isNeeded ? nil : "are not needed"
  }

  private struct RunUser: Hashable {
    var run: Int
    var user: UInt32
  }
}
