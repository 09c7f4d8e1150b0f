import MartletModel

/// Finds rows that may need ranks, so many at a time as memory may hold.
struct TieSurvey {
  let rowCount: Int
  private var shared: SharedTimes
  /// Times as distances from the least, without their lowest bits, tell a row's bucket.
  private let least: Int64
  private let shift: UInt64
  /// By bucket: rows whose time may have been that of one before.
  private var repeats: [Int]

  private static let bucketCountMax: UInt64 = 4096

  init(_ runs: [MergeRun]) {
    let sources = runs.flatMap(\.sources)
    rowCount = sources.reduce(0) { $0 + $1.keptCount }
    shared = SharedTimes(rowCount: rowCount)
    let ranges = sources.map(\.run.timeRange)
    least = ranges.map(\.lowerBound).min() ?? 0
    let span = UInt64(bitPattern: (ranges.map(\.upperBound).max() ?? 0) &- least)
    var shift: UInt64 = 0
    while span >> shift >= TieSurvey.bucketCountMax { shift += 1 }
    self.shift = shift
    repeats = [Int](repeating: 0, count: Int(span >> shift) + 1)
  }

  private func bucket(_ time: Int64) -> Int {
    Int(UInt64(bitPattern: time &- least) >> shift)
  }

  mutating func note(_ batches: [KeyBatch]) {
    for batch in batches {
      for time in batch.times where shared.note(time) { repeats[bucket(time)] += 1 }
    }
  }

  /// Ranges of buckets, each one bucket, or with at most so many rows that may need ranks.
  func slices(rowCountMax: Int) -> [Range<Int>] {
    var slices: [Range<Int>] = []
    var (start, count) = (0, 0)
    for (bucket, repeats) in repeats.enumerated() {
      // Each repeat stands for one more row at most: the first of its time.
      if count > 0, count + 2 * repeats > rowCountMax {
        slices.append(start..<bucket)
        (start, count) = (bucket, 0)
      }
      count += 2 * repeats
    }
    if count > 0 { slices.append(start..<repeats.count) }
    return slices
  }

  /// The rows of a batch in a slice that may need ranks.
  func rows(
    of batch: KeyBatch, _ keys: RunKeys, run: Int, in slice: Range<Int>
  ) throws(MartletError) -> [TieRanks.Row] {
    var rows: [TieRanks.Row] = []
    for (index, part) in batch.parts.enumerated() where part.keptCount > 0 {
      let source = keys.run.sources[index]
      let ties = source.origins == nil ? try source.run.ties() : Ties()
      var nextTie = ties.places(of: part.rows).lowerBound
      for place in part.start..<part.start + part.keptCount {
        let time = batch.times[place]
        guard slice.contains(bucket(time)), shared.areShared(time) else { continue }
        let (row, user) = (part.row(at: place), batch.users[place])
        while nextTie < ties.rows.count, Int(ties.rows[nextTie]) < row { nextTie += 1 }
        let isTied = nextTie < ties.rows.count && Int(ties.rows[nextTie]) == row
        rows.append(
          TieRanks.Row(
            time: time,
            arrival: RunKeys.arrival(
              ofRow: row, user: user, rank: isTied ? ties.ranks[nextTie] : nil, in: source),
            user: user, run: UInt32(run), source: UInt32(index), row: UInt32(row)))
      }
    }
    return rows
  }
}
