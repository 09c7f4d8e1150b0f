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
  /// Pages are decoded once for all events whose insert ids are in them.
  /// - Parameters:
  ///   - wanted: by the ordinal they lie under, ascending.
  ///   - insertIDs: where their insert ids lie.
  /// - Complexity: O(wanted · log rows), and O(values) of the pages that they touch
  package func held(_ wanted: [Wanted], in insertIDs: [UInt8]) throws(MartletError) -> [Int] {
    guard directory.insertIDs.valueCount > 0 else { return [] }
    var ids = try StoredInsertIDs(self)
    var held: [Int] = []
    var start = 0
    while start < wanted.count {
      let key = Int(wanted[start].user >> 16)
      var end = start + 1
      while end < wanted.count, Int(wanted[end].user >> 16) == key { end += 1 }
      let (users, counts) = try userCounts(ofKeys: key..<key + 1)
      var (place, row) = (0, rows(ofKeys: key..<key + 1).lowerBound)
      for index in start..<end {
        let event = wanted[index]
        while place < users.count, users[place] < event.user & 0xFFFF {
          row += Int(counts[place])
          place += 1
        }
        guard place < users.count, users[place] == event.user & 0xFFFF else { continue }
        let rows = row..<row + Int(counts[place])
        if try ids.hold(event, in: rows, insertIDs.rawSpan) { held.append(index) }
      }
      start = end
    }
    return held
  }
}

/// The insert ids of a run, read front to back.
private struct StoredInsertIDs {
  private let run: Run
  /// The rows that have one; nil: all.
  private let presence: RoaringBitmap?
  private var cursor: TextCursor
  private var texts = TextList()

  init(_ run: Run) throws(MartletError) {
    self.run = run
    let directory = run.directory
    if let handle = directory.insertIDPresence {
      presence = try run.presence(handle)
    } else {
      presence = nil
    }
    cursor = TextCursor(directory.insertIDs, in: run.bytes, what: "\(run.name), insert ids")
  }

  /// Whether one of a user's rows is that event.
  mutating func hold(
    _ event: Run.Wanted, in rows: Range<Int>, _ insertIDs: RawSpan
  ) throws(MartletError) -> Bool {
    let range = firstValue(notBefore: rows.lowerBound)..<firstValue(notBefore: rows.upperBound)
    texts.removeAll()
    try cursor.read(range, into: &texts)
    let wanted = insertIDs.extracting(event.insertID)
    for index in 0..<texts.count {
      let text = texts.arena.rawSpan.extracting(texts.range(of: index))
      guard ByteKernels.equal(text, wanted) else { continue }
      if try run.sender(ofRow: row(ofValue: range.lowerBound + index)) ?? event.user
        == event.sender
      {
        return true
      }
    }
    return false
  }

  private func firstValue(notBefore row: Int) -> Int {
    guard let presence else { return row }
    return row == 0 ? 0 : presence.rank(UInt32(row - 1))
  }

  private func row(ofValue value: Int) -> Int {
    guard let presence else { return value }
    return presence.select(value).map { Int($0) } ?? -1
  }
}

extension Run {
  /// The ordinal a row was sent under, where it is not the one that the row lies under.
  fileprivate func sender(ofRow row: Int) throws(MartletError) -> UInt32? {
    let sent = try sentUsers()
    var (low, high) = (0, sent.rows.count)
    while low < high {
      let middle = (low + high) / 2
      if sent.rows[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low < sent.rows.count && sent.rows[low] == row ? sent.users[low] : nil
  }
}
