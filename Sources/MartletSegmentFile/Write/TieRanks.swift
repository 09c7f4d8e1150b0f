/// The order of arrival of rows of one time, where nothing else tells it.
///
/// Rows of one time stand in order of arrival if they stand in order of their users and each
/// user's are of one run. Others get ranks: within a run they order the rows of several users, who
/// may turn out to be one; across runs they order those of a user.
enum TieRanks {
  /// Some rows of one run that come from one file.
  struct Source {
    var run: UInt32
    /// Its place in order of arrival.
    var file: UInt32
    /// By row: what it was before it moved to another user; nil where none did.
    var origins: [RowOrigin]?
  }

  /// A row that may share its time with others.
  struct Row {
    var time: Int64
    /// Where it needs none to be ordered among rows of its file, 0; so where its source says more.
    var rank: UInt32
    /// Whom it lies under.
    var user: UInt32
    /// Its place among the sources.
    var source: UInt32
    var row: UInt32

    func arrival(in sources: [Source]) -> Arrival {
      let source = sources[Int(self.source)]
      return Arrival(
        ofRow: row, user: user, rank: rank, file: source.file, origins: source.origins)
    }
  }

  /// Calls `body` for each row that needs a rank.
  /// - Parameter rows: all rows of the times that they have.
  /// - Complexity: O(rows), and O(n log n) for those of one time
  static func forEach(
    of rows: [Row], _ sources: [Source], _ body: (Row, _ rank: UInt32) -> Void
  ) {
    var order = RowOrder.stable(byTime: rows.map(\.time))
    var start = 0
    while start < order.count {
      let time = rows[Int(order[start])].time
      var end = start + 1
      while end < order.count, rows[Int(order[end])].time == time { end += 1 }
      if end - start > 1 {
        sort(&order, start..<end, rows, sources)
        if needsRanks(order[start..<end], rows, sources) {
          for (rank, place) in order[start..<end].enumerated() {
            body(rows[Int(place)], UInt32(rank))
          }
        }
      }
      start = end
    }
  }

  private static func sort(
    _ order: inout [UInt32], _ range: Range<Int>, _ rows: [Row], _ sources: [Source]
  ) {
    var arrivals: [(arrival: Arrival, place: UInt32)] = []
    arrivals.reserveCapacity(range.count)
    var isSorted = true
    for place in order[range] {
      let arrival = rows[Int(place)].arrival(in: sources)
      if let last = arrivals.last, !(last.arrival < arrival) { isSorted = false }
      arrivals.append((arrival, place))
    }
    guard !isSorted else { return }
    arrivals.sort { ($0.arrival, $0.place) < ($1.arrival, $1.place) }
    for (offset, row) in arrivals.enumerated() { order[range.lowerBound + offset] = row.place }
  }

  /// - Parameter places: of rows of one time, in order of arrival.
  private static func needsRanks(
    _ places: ArraySlice<UInt32>, _ rows: [Row], _ sources: [Source]
  ) -> Bool {
    zip(places, places.dropFirst()).contains { earlier, later in
      let (earlier, later) = (rows[Int(earlier)], rows[Int(later)])
      return earlier.user > later.user
        || earlier.user == later.user
          && sources[Int(earlier.source)].run != sources[Int(later.source)].run
    }
  }
}

extension TieRanks {
  /// Ranks for each of `runs`; events and trait updates are ranked apart.
  /// - Complexity: O(rows) expected, and O(n log n) for those of one time
  static func compute(_ runs: [SortedRun]) -> [Ties] {
    var result = runs.map { _ in Ties() }
    let sources = runs.indices.map { Source(run: UInt32($0), file: 0, origins: nil) }
    let isTrait = runs.map { $0.buffer.eventType == nil }
    for kind in [false, true] {
      let chosen = runs.indices.filter { isTrait[$0] == kind }
      forEach(of: candidates(runs, chosen), sources) { row, rank in
        result[Int(row.source)].append(row: row.row, rank: rank)
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
        rows.append(
          Row(
            time: time, rank: sorted.arrival(ofRow: row), user: sorted.users[row],
            source: UInt32(run), row: UInt32(row)))
      }
    }
    return rows
  }
}
