import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile

/// Some records of the log as files in memory.
struct MemtableChunk: Sendable {
  let records: [LogRecord]
  let rowCount: Int
  let segmentFile: SegmentFile
  /// The users whom the records bring; nil where they bring none.
  let userFile: UserFile?

  /// Files in memory are small and short-lived.
  private static let compressionLevel = 1

  static func rowCount(of records: [LogRecord]) -> Int {
    records.reduce(0) { $0 + $1.batches.reduce(0) { $0 + $1.batch.count } }
  }

  /// - Complexity: O(rows)
  init(
    _ records: [LogRecord], arrivalNumber: UInt64, canonical: OrdinalMap
  ) throws(MartletError) {
    self.records = records
    rowCount = MemtableChunk.rowCount(of: records)
    var buffer = SegmentFileBuffer()
    var users = NewUsers(records)
    for record in records {
      for batch in record.batches { try batch.append(to: &buffer, &users) }
    }
    buffer.remapUsers(canonical)
    var writer = SegmentFileWriter()
    writer.compressionLevel = MemtableChunk.compressionLevel
    let content = writer.encode(
      buffer, arrivalNumber: arrivalNumber, firstSeen: users.corrections,
      edges: records.flatMap(\.edges).sorted { $0.user < $1.user })
    segmentFile = try SegmentFile(FileBytes(content, name: "the rows of the log"))
    userFile = try users.file(compressionLevel: MemtableChunk.compressionLevel)
  }

  /// The users of some records, and when the records saw whom first.
  fileprivate struct NewUsers {
    private let first: UInt32
    private var arena: [UInt8] = []
    private var ranges: [Range<Int>] = []
    private var firstSeen: [Int64] = []
    private var earlier: [UInt32: Int64] = [:]

    init(_ records: [LogRecord]) {
      first = records.first?.firstNewUser ?? 0
      for record in records {
        let base = arena.count
        arena += record.newUserIDs.arena
        for end in record.newUserIDs.ends {
          ranges.append((ranges.last?.upperBound ?? 0)..<base + end)
          firstSeen.append(UserTable.neverSeen)
        }
      }
    }

    mutating func see(_ user: UInt32, at time: Int64) {
      if user >= first {
        let index = Int(user - first)
        firstSeen[index] = min(firstSeen[index], time)
      } else {
        earlier[user] = min(earlier[user] ?? .max, time)
      }
    }

    var corrections: [(user: UInt32, time: Int64)] {
      earlier.sorted { $0.key < $1.key }.map { (user: $0.key, time: $0.value) }
    }

    func file(compressionLevel: Int) throws(MartletError) -> UserFile? {
      guard !ranges.isEmpty else { return nil }
      let content = UserFile.encode(
        firstOrdinal: Int(first), arena: arena, ranges: ranges, firstSeen: firstSeen,
        compressionLevel: compressionLevel)
      return try UserFile(FileBytes(content, name: "the users of the log"))
    }
  }
}

extension LogBatch {
  /// Puts the rows into a buffer.
  fileprivate func append(
    to buffer: inout SegmentFileBuffer, _ users: inout MemtableChunk.NewUsers
  ) throws(MartletError) {
    let names = try buffer.mapNames(of: batch)
    for row in 0..<batch.count where self.users[row] != LogBatch.leftOut {
      users.see(self.users[row], at: batch.timestamps[row])
      buffer.append(
        batch, row: row, user: self.users[row], sentAs: sentUsers[row], names: names,
        key: key(ofRow: row))
    }
  }

  /// What a row's insert id is unique within; nil for a row without one.
  func key(ofRow row: Int) -> InsertIDKey? {
    guard !batch.insertIDs[row].isNone, batch.types[row] != EventBatch.traitUpdate else {
      return nil
    }
    return InsertIDKey(
      user: sentUsers[row], eventType: batch.eventTypes[Int(batch.types[row])],
      insertID: batch.bytes.rawSpan.extracting(batch.insertIDs[row].range))
  }
}
