import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport

@testable import MartletEngine

/// Records, and the bytes of a log of them.
enum LogSample {
  static let number: UInt64 = 7
  static let path = "/store/log"

  /// A record of the rows that `RandomEvents` makes: every kind of value, lists, wide numbers,
  /// nulls, ids of any characters; some rows dropped, some sent under another id.
  static func record(
    seed: UInt64, firstNewUser: UInt32 = 0, rowCount: Int = 60, batchCount: Int = 2
  ) throws -> LogRecord {
    var random = SplitMix64(seed: seed)
    var record = LogRecord(firstNewUser: firstNewUser)
    for index in 0..<random.integer(1...4) {
      record.newUserIDs.arena += Array("ü\(seed)-\(index)🍮".utf8)
      record.newUserIDs.ends.append(record.newUserIDs.arena.count)
    }
    let userCount = Int(firstNewUser) + record.newUserIDs.ends.count
    func user() -> UInt32 { UInt32(random.integer(0...userCount - 1)) }
    for _ in 0..<random.integer(0...3) {
      record.edges.append(IdentityEdge(user: user(), target: user()))
    }
    for batch in 0..<batchCount {
      var builder = EventBatchBuilder()
      let events = RandomEvents(userCount: 8, rowCount: rowCount)
      for row in events.rows(seed: seed &* 31 &+ UInt64(batch)) {
        switch row {
        case .event(let event): try builder.append(event)
        case .traits(let update): try builder.append(update)
        }
      }
      let rows = builder.batch
      let users = (0..<rows.count).map { _ in random.chance(0.1) ? UInt32.max : user() }
      let sent = batch % 2 == 0 ? users : users.map { random.chance(0.1) ? user() : $0 }
      record.batches.append(LogBatch(batch: rows, users: users, sentUsers: sent))
    }
    record.duplicateCount = UInt64(random.integer(0...1000))
    return record
  }

  /// A record of one batch of the rows.
  static func record(_ events: [Event], updates: [TraitUpdate] = []) throws -> LogRecord {
    var builder = EventBatchBuilder()
    for event in events { try builder.append(event) }
    for update in updates { try builder.append(update) }
    var record = LogRecord(firstNewUser: 1)
    let users = [UInt32](repeating: 0, count: builder.batch.count)
    record.batches = [LogBatch(batch: builder.batch, users: users, sentUsers: users)]
    return record
  }

  /// What is done to a log.
  enum Step {
    case append(LogRecord)
    case sync
    case mark
  }

  /// A frame of a log that was written.
  struct Frame {
    var range: Range<Int>
    var syncedByteCount: Int
    var record: PlainRecord?
  }

  /// A log that was written: its bytes, and what a reader must find in it.
  struct File {
    var bytes: [UInt8]
    var frames: [Frame] = []
    var records: [PlainRecord] { frames.compactMap(\.record) }

    func records(before offset: Int) -> [PlainRecord] {
      frames.filter { $0.range.upperBound <= offset }.compactMap(\.record)
    }

    /// Where the frame starts that holds the byte.
    func frame(holding byte: Int) -> Int? { frames.firstIndex { $0.range.contains(byte) } }
  }

  static func file(_ steps: [Step], number: UInt64 = number) throws -> File {
    let system = SimulatedFileSystem()
    try system.createDirectory(Paths.directory(of: path))
    let writer = try LogWriter(creating: path, number: number, in: system)
    var file = File(bytes: [])
    for step in steps {
      let (start, synced) = (writer.byteCount, writer.syncedByteCount)
      var record: PlainRecord?
      switch step {
      case .append(let added):
        try writer.append(added)
        record = PlainRecord(added)
      case .sync: try writer.sync()
      case .mark: try writer.mark()
      }
      guard writer.byteCount > start else { continue }
      file.frames.append(
        Frame(range: start..<writer.byteCount, syncedByteCount: synced, record: record))
    }
    try writer.close()
    file.bytes = try system.read(path)
    return file
  }

  /// Small records, syncs and marks, so that every byte can be tried.
  static func smallFile() throws -> File {
    var lone = LogRecord(firstNewUser: 3)
    lone.edges = [IdentityEdge(user: 2, target: 1)]
    return try file([
      .append(try record(seed: 1, rowCount: 3, batchCount: 1)), .sync,
      .append(lone), .append(LogRecord(firstNewUser: 3)), .sync, .mark,
      .append(try record(seed: 2, firstNewUser: 3, rowCount: 2, batchCount: 2)),
      .append(lone),
    ])
  }
}

/// All that a reader finds in a log.
struct ReadLog {
  var records: [PlainRecord] = []
  var position: LogPosition
  var tornByteCount: Int
  var syncedByteCount: Int

  init(
    _ bytes: [UInt8], number: UInt64 = LogSample.number, from start: LogPosition = .start,
    durableByteCount: Int = 0
  ) throws {
    var reader = try LogReader(
      FileBytes(bytes, name: "log"), number: number, from: start,
      durableByteCount: durableByteCount)
    while let record = try reader.next() { records.append(PlainRecord(record)) }
    (position, tornByteCount) = (reader.position, reader.tornByteCount)
    syncedByteCount = reader.syncedByteCount
  }
}
