import MartletFiles
import MartletModel
import MartletSegmentFile

/// What the log holds: committed, visible, and in no segment file yet.
///
/// For a snapshot the rows are encoded as a segment file in memory, so that questions know one
/// kind of file only. Rows that came since are encoded alone, and together with earlier ones once
/// these are no more than they are: each row is encoded O(log rows) times.
struct Memtable: Sendable {
  private var chunks: [MemtableChunk] = []
  /// Records that are in no chunk yet.
  private var records: [LogRecord] = []
  private(set) var identity = IdentityTable()
  /// Users in the store's user files.
  let storedUserCount: Int
  /// Users of the records.
  private(set) var newUserCount = 0
  /// Duplicates that the records dropped.
  private(set) var duplicateCount: UInt64 = 0
  /// Where in the log the next record begins.
  var logPosition = LogPosition.start

  init(storedUserCount: Int) { self.storedUserCount = storedUserCount }

  var userCount: Int { storedUserCount + newUserCount }

  /// Takes over a record of the log.
  /// - Throws: `.corrupt` where it does not continue what is there.
  mutating func append(_ record: LogRecord) throws(MartletError) {
    guard Int(record.firstNewUser) == userCount else {
      throw MartletError(
        .corrupt,
        "a record begins with user \(record.firstNewUser), the store has \(userCount) users",
        remedy: BlockHandle.remedy)
    }
    newUserCount += record.newUserIDs.ends.count
    let (sum, overflow) = duplicateCount.addingReportingOverflow(record.duplicateCount)
    guard !overflow, sum <= UInt64(Manifest.counterMax) else {
      throw MartletError(
        .corrupt, "the records dropped more duplicates than a store counts",
        remedy: BlockHandle.remedy)
    }
    duplicateCount = sum
    // A record that was read has no others: its decoding checks them against its own user count.
    for batch in record.batches {
      precondition(
        batch.users.allSatisfy { $0 < UInt32(userCount) || $0 == LogBatch.leftOut }
          && batch.sentUsers.allSatisfy { $0 < UInt32(userCount) || $0 == LogBatch.leftOut },
        "rows are of users whom the store knows")
    }
    try identity.add(record.edges, userCount: userCount)
    records.append(record)
  }

  /// The rows as files in memory, in arrival order.
  mutating func files(
    firstArrivalNumber: UInt64
  ) throws(MartletError) -> (segmentFiles: [SegmentFile], userFiles: [UserFile]) {
    if !records.isEmpty {
      var together = records
      records = []
      while let last = chunks.last, last.rowCount <= MemtableChunk.rowCount(of: together) {
        together = last.records + together
        chunks.removeLast()
      }
      chunks.append(
        try MemtableChunk(
          together, arrivalNumber: firstArrivalNumber + UInt64(chunks.count),
          canonical: identity.ordinalMap))
    }
    return (chunks.map(\.segmentFile), chunks.compactMap(\.userFile))
  }
}
