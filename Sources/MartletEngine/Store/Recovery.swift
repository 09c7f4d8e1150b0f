import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile

/// What a writer found in the log when it opened the store.
package struct Recovery: Hashable, Sendable {
  /// Commits that lay in the log.
  package private(set) var commitCount = 0
  package private(set) var rowCount = 0
  /// Bytes of a commit that was under way when the process or the machine stopped, and that was
  /// never acknowledged; they are dropped.
  package private(set) var tornByteCount = 0
  /// Whether the log cannot be continued behind its last whole record.
  private(set) var mustStartNewLog = false

  /// Replays the log.
  /// - Throws: `.corrupt` where the log is damaged, or contradicts the files.
  init(
    of writer: inout Engine.Writer, _ view: inout Engine.View, in path: String,
    _ fileSystem: any FileSystem
  ) throws(MartletError) {
    let manifest = writer.manifest
    let name = path + "/" + Manifest.logName(manifest.logNumber)
    guard fileSystem.exists(name) else {
      guard manifest.logByteCount == 0 else { throw FileSet.missing(name) }
      return
    }
    var reader = try LogReader(
      FileBytes(try fileSystem.read(name), name: name), number: manifest.logNumber,
      durableByteCount: Int(manifest.logByteCount))
    while let record = try reader.next() {
      try inFile(name) { () throws(MartletError) in
        try view.memtable.append(record)
        rowCount += try writer.replay(record)
      }
      commitCount += 1
    }
    tornByteCount = reader.tornByteCount
    writer.pending = PendingCommit(firstNewUser: writer.users.count)
    if tornByteCount == 0, reader.position.offset >= LogFormat.headerByteCount {
      writer.log = try LogWriter(
        continuing: name, number: manifest.logNumber, at: reader.position,
        syncedByteCount: reader.syncedByteCount, in: fileSystem)
    } else {
      mustStartNewLog = true
    }
  }
}

extension Engine.Writer {
  /// Takes over a record of the log; returns how many rows it has.
  fileprivate mutating func replay(_ record: LogRecord) throws(MartletError) -> Int {
    var start = 0
    for end in record.newUserIDs.ends {
      let expected = users.count
      let id = record.newUserIDs.arena.rawSpan.extracting(start..<end)
      start = end
      guard Int(try users.know(id)) == expected else {
        throw MartletError(
          .corrupt, "a record brings a user that the store knows", remedy: BlockHandle.remedy)
      }
    }
    try identity.add(record.edges, userCount: users.count)
    unsealedEdges += record.edges
    var rowCount = 0
    for batch in record.batches {
      let names = try buffer.mapNames(of: batch.batch)
      for row in 0..<batch.batch.count {
        users.correct(Int(batch.users[row]), batch.batch.timestamps[row])
        buffer.append(
          batch.batch, row: row, user: batch.users[row], sentAs: batch.sentUsers[row],
          names: names, key: batch.key(ofRow: row))
      }
      rowCount += batch.batch.count
    }
    return rowCount
  }
}
