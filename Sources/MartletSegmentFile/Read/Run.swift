import MartletEncoding
import MartletFiles
package import MartletModel
package import RoaringBitmap
import Synchronization

/// One run, open for reading. Safe to use from several threads.
package final class Run: Sendable {
  package let entry: SegmentFileDirectory.RunEntry
  package let directory: RunDirectory
  let bytes: FileBytes
  /// The pages of insert ids whose checksum was verified.
  let verifiedInsertIDs: PageMarks
  private let cache: Mutex<Cache>

  private struct Cache {
    var users: RoaringBitmap?
    var presences: [UInt64: RoaringBitmap] = [:]
    var itemStarts: [Int: [Int]] = [:]
    var ties: Ties?
    var sent: (rows: [Int64], users: [UInt32])?
  }

  init(file: SegmentFile, index: Int) throws(MartletError) {
    entry = file.directory.runs[index]
    bytes = file.bytes
    let raw = try BlockFile.readCompressed(
      entry.directory, from: bytes, what: "the directory of run \(index)")
    let propertyCount = file.directory.properties.count
    directory = try inFile(bytes.name) { () throws(MartletError) in
      var reader = ByteReader(raw.rawSpan, of: file.bytes.name)
      return try RunDirectory(from: &reader, propertyCount: propertyCount)
    }
    verifiedInsertIDs = PageMarks(pageCount: directory.insertIDs.pages.count)
    cache = Mutex(Cache())
    guard directory.rowCount == entry.rowCount, directory.userCount == entry.userCount else {
      throw corrupt("its directory contradicts the file's")
    }
  }

  /// "run Purchase", for errors.
  package var name: String { entry.eventType.map { "run \($0)" } ?? "the run of traits" }

  package func corrupt(_ reason: String) -> MartletError {
    MartletError(
      .corrupt, file: bytes.name, place: name, reason, remedy: BlockHandle.remedy)
  }

  package var timeRange: ClosedRange<Int64> { entry.earliest...entry.latest }

  /// The users that have rows.
  package func users() throws(MartletError) -> RoaringBitmap {
    if let users = cache.withLock({ $0.users }) { return users }
    let raw = try BlockFile.readCompressed(
      directory.users, from: bytes, what: "\(name), users")
    let users = try parse(raw, "users")
    guard users.count == directory.userCount else { throw corrupt("its user count is wrong") }
    cache.withLock { $0.users = users }
    return users
  }

  private func parse(_ raw: [UInt8], _ what: String) throws(MartletError) -> RoaringBitmap {
    do {
      return try RoaringBitmap(serialized: raw)
    } catch {
      throw corrupt("\(what): \(error)")
    }
  }

  /// The rows of the users whose upper 16 bits lie in `keys`.
  /// - Complexity: O(log blocks)
  package func rows(ofKeys keys: Range<Int>) -> Range<Int> {
    firstRow(notBefore: keys.lowerBound)..<firstRow(notBefore: keys.upperBound)
  }

  private func firstRow(notBefore key: Int) -> Int {
    var (low, high) = (0, directory.blocks.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(directory.blocks[middle].key) < key { low = middle + 1 } else { high = middle }
    }
    return low < directory.blocks.count ? directory.blocks[low].firstRow : directory.rowCount
  }

  /// The users with rows in `keys`, as distances from the first ordinal of `keys`, and how many
  /// rows each has.
  package func userCounts(ofKeys keys: Range<Int>) throws(MartletError) -> (
    users: [UInt32], counts: [Int64]
  ) {
    let bitmap = try users()
    var users: [UInt32] = []
    var firstRank: Int?
    for key in bitmap.keys where keys.contains(Int(key)) {
      if firstRank == nil { firstRank = bitmap.rankOfBlock(key) }
      let base = UInt32(Int(key) - keys.lowerBound) << 16
      for low in bitmap.lowValues(ofKey: key) { users.append(base | UInt32(low)) }
    }
    guard let firstRank else {
      guard rows(ofKeys: keys).isEmpty else { throw corrupt("rows have no user") }
      return ([], [])
    }
    let counts = try directory.rowsPerUser.integers(
      firstRank..<firstRank + users.count, in: bytes, what: "\(name), rows per user")
    var left = rows(ofKeys: keys).count
    for count in counts {
      guard count > 0, count <= left else { throw corrupt("its rows per user do not add up") }
      left -= Int(count)
    }
    guard left == 0 else { throw corrupt("its rows per user do not add up") }
    return (users, counts)
  }

  /// The user of each row of `keys`, as the distance from the first ordinal of `keys`.
  package func rowUsers(ofKeys keys: Range<Int>) throws(MartletError) -> [UInt32] {
    let rowCount = rows(ofKeys: keys).count
    let (users, counts) = try userCounts(ofKeys: keys)
    if users.count == rowCount { return users }
    var rowUsers: [UInt32] = []
    rowUsers.reserveCapacity(rowCount)
    for (user, count) in zip(users, counts) {
      for _ in 0..<count { rowUsers.append(user) }
    }
    return rowUsers
  }

  /// Milliseconds since the epoch of each of `rows`.
  package func times(_ rows: Range<Int>) throws(MartletError) -> [Int64] {
    try directory.times.integers(rows, in: bytes, what: "\(name), times")
  }

  /// The rows that need a rank to be ordered among rows of their time, and their ranks.
  package func ties() throws(MartletError) -> Ties {
    if let ties = cache.withLock({ $0.ties }) { return ties }
    let all = 0..<directory.tieRows.valueCount
    let rows = try directory.tieRows.integers(all, in: bytes, what: "\(name), tied rows")
    let ranks = try directory.tieRanks.integers(all, in: bytes, what: "\(name), ranks")
    var ties = Ties()
    for (row, rank) in zip(rows, ranks) {
      guard row > ties.rows.last.map({ Int64($0) }) ?? -1, row < Int64(directory.rowCount),
        let rank = UInt32(exactly: rank)
      else { throw corrupt("its tied rows are out of order, or a rank is none") }
      ties.append(row: UInt32(row), rank: rank)
    }
    let read = ties
    cache.withLock { $0.ties = read }
    return read
  }

  /// The rows with an insert id that were sent under another ordinal than the one they lie under,
  /// and that ordinal.
  package func sentUsers() throws(MartletError) -> (rows: [Int64], users: [UInt32]) {
    if let sent = cache.withLock({ $0.sent }) { return sent }
    let all = 0..<directory.sentRows.valueCount
    let rows = try directory.sentRows.integers(all, in: bytes, what: "\(name), sent rows")
    let ordinals = try directory.sentUsers.integers(all, in: bytes, what: "\(name), sent users")
    var users: [UInt32] = []
    for (row, ordinal) in zip(rows, ordinals) {
      guard row >= 0, row < directory.rowCount, let user = UInt32(exactly: ordinal),
        users.isEmpty || rows[users.count - 1] < row
      else { throw corrupt("its sent rows are out of order") }
      users.append(user)
    }
    cache.withLock { $0.sent = (rows, users) }
    return (rows, users)
  }

  /// The columns of a property.
  package func columns(ofProperty property: Int) -> [ColumnEntry] {
    directory.columns.filter { $0.property == property }
  }

  func presence(_ handle: BlockHandle) throws(MartletError) -> RoaringBitmap {
    if let bitmap = cache.withLock({ $0.presences[handle.offset] }) { return bitmap }
    let raw = try BlockFile.readCompressed(handle, from: bytes, what: "\(name), presence")
    let bitmap = try parse(raw, "presence")
    cache.withLock { $0.presences[handle.offset] = bitmap }
    return bitmap
  }

  /// Where the items of each list of a list column start among the property's items, and the end.
  func itemStarts(_ lists: ColumnEntry) throws(MartletError) -> [Int] {
    if let starts = cache.withLock({ $0.itemStarts[lists.property] }) { return starts }
    let counts = try lists.values.integers(
      0..<lists.values.valueCount, in: bytes, what: "\(name), item counts")
    var starts = [0]
    for count in counts {
      guard count >= 0, count <= Int64(UInt32.max) else { throw corrupt("an item count is wrong") }
      starts.append(starts[starts.count - 1] + Int(count))
    }
    cache.withLock { $0.itemStarts[lists.property] = starts }
    return starts
  }
}
