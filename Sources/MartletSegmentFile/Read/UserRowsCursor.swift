import MartletModel
import RoaringBitmap

/// Finds where the rows of users lie in a run, front to back; no page is decoded twice.
struct UserRowsCursor {
  private let run: Run
  private let users: RoaringBitmap
  /// The upper 16 bits of the user asked for last.
  private var key = -1
  /// Where the rows of that key end.
  private var end = 0
  /// A user's place among all that have rows, and the first of the user's rows.
  private var (place, row) = (0, 0)
  /// The page of the column of rows per user that `counts` holds.
  private var page = -1
  private var counts: [Int64] = []

  init(_ run: Run) throws(MartletError) {
    self.run = run
    users = try run.users()
  }

  /// The rows of a user, if there are any.
  /// - Precondition: `user` is none before the one asked for last.
  /// - Complexity: O(blocks + users between this one and the last, or the first of its key)
  mutating func rows(of user: UInt32) throws(MartletError) -> Range<Int>? {
    guard users.contains(user) else { return nil }
    if key != Int(user >> 16) {
      key = Int(user >> 16)
      place = users.rankOfBlock(UInt16(key))
      let rows = run.rows(ofKeys: key..<key + 1)
      (row, end) = (rows.lowerBound, rows.upperBound)
    }
    let wanted = users.rank(user) - 1
    precondition(place <= wanted)
    let size = SegmentFileFormat.pageValueCount
    while place < wanted {
      try keep(place / size)
      let first = page * size
      let next = min(wanted, first + size)
      row += try count(place - first..<next - first)
      place = next
    }
    try keep(place / size)
    let index = place - page * size
    return row..<row + (try count(index..<index + 1))
  }

  /// The rows of some users of the page, if there are as many before the end.
  private func count(_ users: Range<Int>) throws(MartletError) -> Int {
    let left = Int64(end - row)
    // Without a branch, several are added at once. A count below 1 or above `left` makes one of the
    // differences negative; other counts of a page cannot overflow the sum.
    var (sum, differences): (Int64, Int64) = (0, 0)
    for count in counts[users] {
      differences |= (count &- 1) | (left &- count)
      sum &+= count
    }
    guard differences >= 0, sum <= left else {
      throw run.corrupt("its rows per user do not add up")
    }
    return Int(sum)
  }

  private mutating func keep(_ page: Int) throws(MartletError) {
    guard page != self.page else { return }
    let column = run.directory.rowsPerUser
    let count = column.count(ofPage: page)
    if counts.count < count { counts = [Int64](repeating: 0, count: count) }
    self.page = -1
    try column.decodeIntegers(
      ofPage: page, in: run.bytes, what: "\(run.name), rows per user", into: &counts, at: 0)
    self.page = page
  }
}
