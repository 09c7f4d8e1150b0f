import MartletEncoding
package import MartletModel
import RoaringBitmap

extension Run {
  /// An event that a run may have.
  package struct Wanted: Sendable {
    /// The ordinal that its row lies under.
    package var user: UInt32
    /// The ordinal it was sent under.
    package var sender: UInt32
    /// Where its insert id lies in an array of bytes.
    package var insertID: Range<Int>

    package init(user: UInt32, sender: UInt32, insertID: Range<Int>) {
      (self.user, self.sender, self.insertID) = (user, sender, insertID)
    }
  }

  /// Which of many events the run has: their places in `wanted`, ascending.
  ///
  /// For a few events of a user, packed pages are compared in place, and others are decoded once
  /// for all events whose insert ids are in them; for many, all rows of the user are read once.
  /// - Parameters:
  ///   - wanted: by the ordinal they lie under, ascending.
  ///   - insertIDs: where their insert ids lie.
  /// - Complexity: O(users, and rows of the wanted users), and O(values) of the pages to decode
  package func held(_ wanted: [Wanted], in insertIDs: [UInt8]) throws(MartletError) -> [Int] {
    guard directory.insertIDs.valueCount > 0 else { return [] }
    var users = try UserRowsCursor(self)
    var ids = try StoredInsertIDs(self)
    var held: [Int] = []
    var start = 0
    while start < wanted.count {
      var end = start + 1
      while end < wanted.count, wanted[end].user == wanted[start].user { end += 1 }
      if let rows = try users.rows(of: wanted[start].user) {
        held += try ids.held(wanted[start..<end], in: rows, insertIDs.rawSpan)
      }
      start = end
    }
    return held
  }
}

extension Run {
  /// The ordinal a row was sent under, where it is not the one that the row lies under.
  func sender(ofRow row: Int) throws(MartletError) -> UInt32? {
    let sent = try sentUsers()
    var (low, high) = (0, sent.rows.count)
    while low < high {
      let middle = (low + high) / 2
      if sent.rows[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low < sent.rows.count && sent.rows[low] == row ? sent.users[low] : nil
  }
}
