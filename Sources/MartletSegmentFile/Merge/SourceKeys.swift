import MartletModel
import RoaringBitmap

/// Reads users and times of one source, front to back.
struct SourceKeys {
  private let run: Run
  private let kept: RowSet?
  private let users: RoaringBitmap
  private let userKeys: [UInt16]
  /// Into `userKeys`.
  private var nextKey = 0
  private var rank = 0
  private var counts: IntegerCursor
  private var times: IntegerCursor

  init(_ source: MergeSource) throws(MartletError) {
    try self.init(source.run, kept: source.kept)
  }

  init(_ run: Run, kept: RowSet? = nil) throws(MartletError) {
    (self.run, self.kept) = (run, kept)
    users = try run.users()
    userKeys = users.keys
    counts = IntegerCursor(
      run.directory.rowsPerUser, in: run.bytes, what: "\(run.name), rows per user")
    times = IntegerCursor(run.directory.times, in: run.bytes, what: "\(run.name), times")
  }

  /// The users with rows in the next `keys`, and how many rows each has.
  mutating func nextUsers(
    _ keys: Range<Int>
  ) throws(MartletError) -> (users: [UInt32], counts: [Int64]) {
    var found: [UInt32] = []
    while nextKey < userKeys.count, Int(userKeys[nextKey]) < keys.upperBound {
      let key = userKeys[nextKey]
      for low in users.lowValues(ofKey: key) { found.append(UInt32(key) << 16 | UInt32(low)) }
      nextKey += 1
    }
    var rowCounts: [Int64] = []
    try counts.read(rank..<rank + found.count, into: &rowCounts)
    rank += found.count
    var left = run.rows(ofKeys: keys).count
    for count in rowCounts {
      guard count > 0, count <= left else {
        throw run.corrupt("its rows per user do not add up")
      }
      left -= Int(count)
    }
    guard left == 0 else { throw run.corrupt("its rows per user do not add up") }
    return (found, rowCounts)
  }

  /// Appends the times of `rows`, which follow those of the call before.
  mutating func nextTimes(
    _ rows: Range<Int>, into output: inout [Int64]
  ) throws(MartletError) {
    let start = output.count
    try times.read(rows, into: &output)
    let range = run.timeRange
    guard output[start...].allSatisfy(range.contains) else {
      throw run.corrupt("a time lies outside the run's range")
    }
  }

  /// Appends the rows of the next `keys` to a batch.
  mutating func read(_ keys: Range<Int>, into batch: inout KeyBatch) throws(MartletError) {
    let rows = run.rows(ofKeys: keys)
    let (users, counts) = try nextUsers(keys)
    let start = batch.users.count
    guard let kept else {
      for (user, count) in zip(users, counts) {
        for _ in 0..<count { batch.users.append(user) }
      }
      try nextTimes(rows, into: &batch.times)
      batch.parts.append(KeyBatch.Part(rows: rows, start: start, keptRows: nil))
      return
    }
    var times: [Int64] = []
    try nextTimes(rows, into: &times)
    var keptRows: [UInt32] = []
    var row = rows.lowerBound
    for (user, count) in zip(users, counts) {
      for row in row..<row + Int(count) where kept.contains(row) {
        batch.users.append(user)
        batch.times.append(times[row - rows.lowerBound])
        keptRows.append(UInt32(row))
      }
      row += Int(count)
    }
    batch.parts.append(KeyBatch.Part(rows: rows, start: start, keptRows: keptRows))
  }
}
