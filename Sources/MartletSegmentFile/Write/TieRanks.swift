/// The order of arrival of rows of one time, where nothing else tells it.
///
/// Rows of one time stand in order of arrival if they stand in order of their users and each
/// user's are of one run. Others get ranks: within a run they order the rows of several users, who
/// may turn out to be one; across runs they order those of a user.
enum TieRanks {
  /// A row that may share its time with others, and what decides its rank.
  struct Row {
    var time: Int64
    var arrival: Arrival
    /// Whom it lies under.
    var user: UInt32
    var run: UInt32
    /// Of the run, where it is merged of several.
    var source: UInt32
    var row: UInt32
  }

  /// Calls `body` for each row that needs a rank.
  /// - Parameter rows: all rows of the times that they have.
  /// - Complexity: O(rows), and O(n log n) for those of one time
  static func forEach(of rows: [Row], _ body: (Row, _ rank: UInt32) -> Void) {
    var order = RowOrder.stable(byTime: rows.map(\.time))
    var start = 0
    while start < order.count {
      let time = rows[Int(order[start])].time
      var end = start + 1
      while end < order.count, rows[Int(order[end])].time == time { end += 1 }
      if end - start > 1 {
        sort(&order, start..<end, rows)
        if needsRanks(order[start..<end], rows) {
          for (rank, place) in order[start..<end].enumerated() {
            body(rows[Int(place)], UInt32(rank))
          }
        }
      }
      start = end
    }
  }

  private static func sort(_ order: inout [UInt32], _ range: Range<Int>, _ rows: [Row]) {
    let isSorted = range.dropFirst().allSatisfy {
      rows[Int(order[$0 - 1])].arrival < rows[Int(order[$0])].arrival
    }
    guard !isSorted else { return }
    order[range].sort {
      (rows[Int($0)].arrival, $0) < (rows[Int($1)].arrival, $1)
    }
  }

  /// - Parameter places: of rows of one time, in order of arrival.
  private static func needsRanks(_ places: ArraySlice<UInt32>, _ rows: [Row]) -> Bool {
    zip(places, places.dropFirst()).contains { earlier, later in
      let (earlier, later) = (rows[Int(earlier)], rows[Int(later)])
      return earlier.user > later.user
        || earlier.user == later.user && earlier.run != later.run
    }
  }
}

extension TieRanks {
  /// Ranks for each of `runs`; events and trait updates are ranked apart.
  /// - Complexity: O(rows) expected, and O(n log n) for those of one time
  static func compute(_ runs: [SortedRun]) -> [Ties] {
    var result = runs.map { _ in Ties() }
    let isTrait = runs.map { $0.buffer.eventType == nil }
    for kind in [false, true] {
      let chosen = runs.indices.filter { isTrait[$0] == kind }
      forEach(of: candidates(runs, chosen)) { row, rank in
        result[Int(row.run)].append(row: row.row, rank: rank)
      }
    }
    return result.map { $0.sorted() }
  }

  private static func candidates(_ runs: [SortedRun], _ chosen: [Int]) -> [Row] {
    var times = SharedTimes(rowCount: chosen.reduce(0) { $0 + runs[$1].rowCount })
    for run in chosen {
      for time in runs[run].times { times.note(time) }
    }
    var rows: [Row] = []
    for run in chosen {
      let sorted = runs[run]
      for (row, time) in sorted.times.enumerated() where times.areShared(time) {
        let arrival = Arrival(file: 0, rank: sorted.arrival(ofRow: row), user: 0, row: 0)
        rows.append(
          Row(
            time: time, arrival: arrival, user: sorted.users[row], run: UInt32(run), source: 0,
            row: UInt32(row)))
      }
    }
    return rows
  }
}
