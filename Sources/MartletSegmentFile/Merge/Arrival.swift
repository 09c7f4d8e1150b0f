/// The order of rows of one time: by file, by rank in it, and, where no rank is needed, by the
/// ordinal under which they lay and by row.
struct Arrival: Comparable {
  /// File and rank, and user and row: two words, since this is compared often.
  private let (major, minor): (UInt64, UInt64)

  init(file: UInt32, rank: UInt32, user: UInt32, row: UInt32) {
    major = UInt64(file) << 32 | UInt64(rank)
    minor = UInt64(user) << 32 | UInt64(row)
  }

  /// Of a row as it was before it moved to another user, if it did.
  /// - Parameters:
  ///   - user: whom it lies under.
  ///   - rank: its rank there, or 0.
  ///   - origins: by row; nil where none moved.
  init(ofRow row: UInt32, user: UInt32, rank: UInt32, file: UInt32, origins: [RowOrigin]?) {
    guard let origin = origins?[Int(row)] else {
      self.init(file: file, rank: rank, user: user, row: row)
      return
    }
    self.init(file: file, rank: origin.rank, user: origin.user, row: origin.row)
  }

  static func < (left: Arrival, right: Arrival) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}
