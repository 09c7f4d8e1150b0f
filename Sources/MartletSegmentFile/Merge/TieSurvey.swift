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

  init(_ sources: [MergeSource]) {
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

  /// The times of a slice.
  private func times(of slice: Range<Int>) -> ClosedRange<Int64> {
    let first = least &+ Int64(bitPattern: UInt64(slice.lowerBound) << shift)
    // The last bucket may reach beyond the last time, not beyond the last integer.
    let last = Int64(bitPattern: (UInt64(slice.upperBound) << shift) &- 1)
    return first...max(first, slice.upperBound == repeats.count ? .max : least &+ last)
  }

  /// The rows of a source in a slice that may need ranks.
  /// - Parameter number: the source's number in them.
  /// - Complexity: O(1) where the source has no such time, else O(its rows)
  func rows(
    of source: MergeSource, numbered number: Int, _ batches: KeyBatches, in slice: Range<Int>
  ) throws(MartletError) -> [TieRanks.Row] {
    let wanted = times(of: slice)
    guard source.run.timeRange.overlaps(wanted) else { return [] }
    let ties = source.origins == nil ? try source.run.ties() : Ties()
    var nextTie = 0
    var rows: [TieRanks.Row] = []
    var keys = try SourceKeys(source)
    var times: [Int64] = []
    for range in batches.ranges(of: [source.run]) {
      try keys.start(range)
      while let last = batches.lastUser(of: [keys]) {
        let found = keys.nextUsers(upTo: last)
        times.removeAll(keepingCapacity: true)
        try keys.nextTimes(found.rows, into: &times)
        for (user, ofUser) in found {
          for row in ofUser {
            let time = times[row - found.rows.lowerBound]
            guard wanted.contains(time), shared.areShared(time), source.keeps(row) else {
              continue
            }
            while nextTie < ties.rows.count, Int(ties.rows[nextTie]) < row { nextTie += 1 }
            let isTied = nextTie < ties.rows.count && Int(ties.rows[nextTie]) == row
            rows.append(
              TieRanks.Row(
                time: time, rank: isTied ? ties.ranks[nextTie] : 0, user: user,
                source: UInt32(number), row: UInt32(row)))
          }
        }
      }
    }
    return rows
  }
}
