import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile

/// Checks the write-ahead log.
struct LogCheck {
  /// The file's name within the store.
  let name: String
  var findings = Findings()
  /// Up to the damage, where there is any.
  private(set) var records: [LogRecord] = []
  /// What the records hold, on top of the store's files.
  private(set) var memtable: Memtable
  /// Where the damage begins, and how many bytes cannot be used.
  private(set) var lost: (byteOffset: Int, byteCount: Int)?
  private(set) var ids: [UserFileCheck.ID] = []

  /// - Parameter storedUserCount: users of the user files; nil where that is unknown, and the log
  ///   is believed.
  init(name: String, storedUserCount: Int?) {
    self.name = name
    memtable = Memtable(storedUserCount: storedUserCount ?? 0)
    mustLearnUserCount = storedUserCount == nil
  }

  private let mustLearnUserCount: Bool

  /// - Parameters:
  ///   - bytes: nil where the file cannot be read.
  ///   - identity: of the store's files; the log's edges are added.
  mutating func check(
    _ bytes: FileBytes, number: UInt64, durableByteCount: Int, identity: inout IdentityTable
  ) {
    var position = 0
    do throws(MartletError) {
      var reader = try LogReader(bytes, number: number, durableByteCount: durableByteCount)
      position = reader.position.offset
      while let record = try reader.next() {
        try take(record, &identity)
        position = reader.position.offset
      }
      position = reader.position.offset
      if reader.tornByteCount > 0 {
        findings.remark(
          "\(name): the last \(reader.tornByteCount) bytes are of a commit that was under way; "
            + "it was never acknowledged, and the next writer drops them")
      }
    } catch {
      let place = CheckedPlace(damage: .log, file: name, byteOffset: position)
      findings.note(.log, place.problem(error))
      rebuildMemtable()
      lost = (position, max(0, max(bytes.count, durableByteCount) - position))
    }
  }

  /// Makes the memtable of the records, without one that was taken in part.
  private mutating func rebuildMemtable() {
    var rebuilt = Memtable(storedUserCount: memtable.storedUserCount)
    for record in records {
      // Each was taken before.
      do throws(MartletError) { try rebuilt.append(record) } catch { return }
    }
    memtable = rebuilt
  }

  private mutating func take(
    _ record: LogRecord, _ identity: inout IdentityTable
  ) throws(MartletError) {
    if mustLearnUserCount, records.isEmpty {
      memtable = Memtable(storedUserCount: Int(record.firstNewUser))
    }
    let userCount = memtable.userCount
    // The first of them throws before anything changes; the second adds the same edges to fewer.
    try identity.add(record.edges, userCount: userCount + record.newUserIDs.ends.count)
    try memtable.append(record)
    records.append(record)
    findings.count(
      rows: MemtableChunk.rowCount(of: [record]), users: record.newUserIDs.ends.count)
    var start = 0
    for (index, end) in record.newUserIDs.ends.enumerated() {
      ids.append(
        UserFileCheck.ID(
          record.newUserIDs.arena.rawSpan.extracting(start..<end),
          ordinal: UInt32(userCount + index), file: nil))
      start = end
    }
  }
}
