/// Where a row that moved to another user was before.
struct RowOrigin {
  /// Its rank among rows of its time, or 0.
  var rank: UInt32
  var user: UInt32
  var row: UInt32
}
