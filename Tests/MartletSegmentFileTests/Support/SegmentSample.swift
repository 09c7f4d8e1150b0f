import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport

/// Rows with the ordinals of their users, the file that they make, and what it must hold.
struct SegmentSample {
  /// In arrival order.
  var rows: [(user: UInt32, row: ArrivalRow)] = []
  /// The ordinals under which rows were sent, by place in `rows`, where they are others.
  var senders: [Int: UInt32] = [:]
  var edges: [IdentityEdge] = []
  var firstSeen: [(user: UInt32, time: Int64)] = []

  init() {}

  /// Random rows; each of `ordinals` stands for one user.
  init(seed: UInt64, rowCount: Int, ordinals: [UInt32]) {
    let events = RandomEvents(userCount: ordinals.count, rowCount: rowCount)
    var known: [Text: UInt32] = [:]
    for row in events.rows(seed: seed) {
      let user = known[row.user] ?? ordinals[known.count]
      known[row.user] = user
      rows.append((user, row))
    }
  }

  mutating func append(
    _ user: UInt32, _ type: Text, at time: Int64, _ properties: [Text: Value] = [:],
    insertID: Text? = nil
  ) {
    let event = Event(
      user: "u", type: type, at: Timestamp(milliseconds: time), properties, insertID: insertID)
    rows.append((user, .event(event)))
  }

  func buffer() throws -> SegmentFileBuffer {
    var builder = EventBatchBuilder()
    for (_, row) in rows {
      switch row {
      case .event(let event): try builder.append(event)
      case .traits(let update): try builder.append(update)
      }
    }
    let batch = builder.batch
    var buffer = SegmentFileBuffer()
    let names = try buffer.mapNames(of: batch)
    for (index, (user, row)) in rows.enumerated() {
      var key: InsertIDKey?
      if case .event(let event) = row, let id = event.insertID {
        key = InsertIDKey(user: senders[index] ?? user, eventType: event.type, id)
      }
      buffer.append(
        batch, row: index, user: user, sentAs: senders[index] ?? user, names: names, key: key)
    }
    return buffer
  }

  func encoded(arrivalNumber: UInt64 = 1, anyDayShareMax: Double = 0.3) throws -> [UInt8] {
    var writer = SegmentFileWriter()
    writer.anyDayShareMax = anyDayShareMax
    return writer.encode(
      try buffer(), arrivalNumber: arrivalNumber, firstSeen: firstSeen, edges: edges
    ).joined()
  }

  func opened(anyDayShareMax: Double = 0.3) throws -> SegmentFile {
    try SegmentFile(
      FileBytes(try encoded(anyDayShareMax: anyDayShareMax), name: "sample.martlet"))
  }

  /// The rows of each run: event types in byte order, then trait updates; within a run by user,
  /// time and arrival.
  var expectedRuns: [[StoredRow]] {
    let stored = rows.map { StoredRow($0.row, user: $0.user) }
    let types = Set(stored.compactMap(\.eventType)).sorted()
    var runs = types.map { type in stored.filter { $0.eventType == type } }
    runs.append(stored.filter { $0.eventType == nil })
    return runs.filter { !$0.isEmpty }.map { run in
      run.enumerated().sorted {
        ($0.element.user, $0.element.time, $0.offset)
          < ($1.element.user, $1.element.time, $1.offset)
      }.map(\.element)
    }
  }
}

extension InsertIDKey {
  init(user: UInt32, eventType: Text, _ insertID: Text) {
    self.init(user: user, eventType: eventType, insertID: Array(insertID.utf8).rawSpan)
  }
}
