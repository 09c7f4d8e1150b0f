import MartletModel
import RoaringBitmap

/// Reads users and times of one source, front to back.
struct SourceKeys {
  /// Some users that follow one another, each with his rows.
  struct Users: RandomAccessCollection {
    fileprivate let users: ArraySlice<UInt32>
    /// Where each one's rows start, and where the last one's end.
    fileprivate let firstRows: ArraySlice<UInt32>

    var startIndex: Int { users.startIndex }
    var endIndex: Int { users.endIndex }

    subscript(index: Int) -> (user: UInt32, rows: Range<Int>) {
      (users[index], Int(firstRows[index])..<Int(firstRows[index + 1]))
    }

    /// Those of all of them.
    var rows: Range<Int> { Int(firstRows.first ?? 0)..<Int(firstRows.last ?? 0) }
  }

  private let run: Run
  private let kept: RowSet?
  private let users: RoaringBitmap
  private let userKeys: [UInt16]
  /// Into `userKeys`.
  private var nextKey = 0
  private var rank = 0
  private var counts: IntegerCursor
  private var times: IntegerCursor
  /// The users of the keys that were started, where the rows of each start, and the end.
  private var started: [UInt32] = []
  private var firstRows: [UInt32] = [0]
  /// Into `started`.
  private var next = 0

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

  /// Goes to the next keys, which follow those of the call before: reads who has rows there.
  mutating func start(_ keys: Range<Int>) throws(MartletError) {
    precondition(next == started.count, "the rows of the keys before were read")
    started.removeAll(keepingCapacity: true)
    firstRows.removeAll(keepingCapacity: true)
    next = 0
    while nextKey < userKeys.count, Int(userKeys[nextKey]) < keys.upperBound {
      let key = userKeys[nextKey]
      for low in users.lowValues(ofKey: key) { started.append(UInt32(key) << 16 | UInt32(low)) }
      nextKey += 1
    }
    var rowCounts: [Int64] = []
    try counts.read(rank..<rank + started.count, into: &rowCounts)
    rank += started.count
    let rows = run.rows(ofKeys: keys)
    var row = rows.lowerBound
    firstRows.append(UInt32(row))
    for count in rowCounts {
      guard count > 0, count <= rows.upperBound - row else {
        throw run.corrupt("its rows per user do not add up")
      }
      row += Int(count)
      firstRows.append(UInt32(row))
    }
    guard row == rows.upperBound else { throw run.corrupt("its rows per user do not add up") }
  }

  /// The first user of the started keys whose rows were not read.
  var nextUser: UInt32? { next < started.count ? started[next] : nil }

  /// The rows of started keys that were not read and are of users up to one.
  /// - Complexity: O(log users)
  func rowCount(upTo user: UInt32) -> Int {
    Int(firstRows[end(upTo: user)] - firstRows[next])
  }

  /// Where the started users after one begin.
  private func end(upTo user: UInt32) -> Int {
    var (low, high) = (next, started.count)
    while low < high {
      let middle = (low + high) / 2
      if started[middle] <= user { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The next users of the started keys, up to one.
  mutating func nextUsers(upTo user: UInt32) -> Users {
    let end = end(upTo: user)
    defer { next = end }
    return Users(users: started[next..<end], firstRows: firstRows[next...end])
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

  /// Appends the rows of the next users of the started keys, up to one, to a batch.
  mutating func read(upTo user: UInt32, into batch: inout KeyBatch) throws(MartletError) {
    let found = nextUsers(upTo: user)
    let rows = found.rows
    let start = batch.users.count
    guard let kept else {
      for (user, rows) in found {
        for _ in rows { batch.users.append(user) }
      }
      try nextTimes(rows, into: &batch.times)
      batch.parts.append(KeyBatch.Part(rows: rows, start: start, keptRows: nil))
      return
    }
    var times: [Int64] = []
    try nextTimes(rows, into: &times)
    var keptRows: [UInt32] = []
    for (user, ofUser) in found {
      for row in ofUser where kept.contains(row) {
        batch.users.append(user)
        batch.times.append(times[row - rows.lowerBound])
        keptRows.append(UInt32(row))
      }
    }
    batch.parts.append(KeyBatch.Part(rows: rows, start: start, keptRows: keptRows))
  }
}
