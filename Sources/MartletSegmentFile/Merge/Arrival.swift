import MartletModel

/// The order of rows of one user and time: by file, by rank in it, and, where several ordinals
/// became one user, by the ordinal under which they were stored.
struct Arrival: Comparable {
  var file: Int
  var rank: UInt32
  var user: UInt32
  var row: UInt32

  static func < (left: Arrival, right: Arrival) -> Bool {
    (left.file, left.rank, left.user, left.row) < (right.file, right.rank, right.user, right.row)
  }
}

extension Run {
  /// The rank of a row that shares user and time with a row of another run.
  func rank(ofRow row: Int) throws(MartletError) -> UInt32? {
    let ties = try ties()
    var (low, high) = (0, ties.rows.count)
    while low < high {
      let middle = (low + high) / 2
      if ties.rows[middle] < row { low = middle + 1 } else { high = middle }
    }
    guard low < ties.rows.count, ties.rows[low] == row else { return nil }
    guard let rank = UInt32(exactly: ties.ranks[low]) else { throw corrupt("a rank is wrong") }
    return rank
  }
}
