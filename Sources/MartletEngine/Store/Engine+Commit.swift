import MartletFiles
package import MartletModel
import MartletSegmentFile
import Synchronization

extension Engine {
  /// Makes everything appended so far durable, as the configuration says, and visible to snapshots
  /// taken from now on.
  ///
  /// All or nothing: after a crash the store holds the whole commit or none of it. A commit that
  /// throws may hold or not.
  /// - Throws: `.io` where a write or sync fails, after which the writer is `.poisoned`.
  package func commit() throws(MartletError) {
    try commit(sealing: false, leavingRoom: true)
    maintain()
  }

  /// Commits, and puts all rows into segment files, so that readers need not read the log.
  /// - Throws: as `commit`.
  package func flush() throws(MartletError) {
    try commit(sealing: true, leavingRoom: true)
    maintain()
  }

  /// - Parameter leavingRoom: for the segment file that compaction may have to add.
  func commit(sealing: Bool, leavingRoom: Bool) throws(MartletError) {
    precondition(access == .readWrite, "a reader does not commit")
    let written = try writer.withLock { writer throws(MartletError) -> (LogWriter, Int)? in
      try writer.checkUsable()
      guard sealing ? writer.hasUnsealed : writer.hasPending else { return nil }
      if leavingRoom { try writer.checkRoom(fileCountMax: fileCountMax) }
      if sealing {
        try flush(&writer)
        return nil
      }
      if writer.pending.isBulk || !writer.sealed.isEmpty {
        try flush(&writer)
        return nil
      }
      let log = try logPending(&writer)
      if log.byteCount > configuration.logByteCount {
        try flush(&writer)
        return nil
      }
      return (log, log.byteCount)
    }
    guard let (log, byteCount) = written else { return }
    switch configuration.durability {
    case .full: try sync(log, through: byteCount)
    case .interval(let interval): scheduleSync(of: log, after: interval)
    case .none: break
    }
  }

  /// Writes what was appended into the log, where readers find it.
  private func logPending(_ writer: inout Writer) throws(MartletError) -> LogWriter {
    let pending = writer.pending
    var record = LogRecord(firstNewUser: UInt32(pending.firstNewUser))
    record.newUserIDs = writer.users.ids(from: pending.firstNewUser)
    (record.edges, record.batches) = (pending.edges, pending.batches)
    record.duplicateCount = pending.duplicateCount
    let log = try poisoning(&writer) { writer throws(MartletError) -> LogWriter in
      if writer.log == nil { writer.log = try makeLog(writer.manifest.logNumber) }
      guard let log = writer.log else { preconditionFailure("the log was just made") }
      try log.append(record)
      return log
    }
    do throws(MartletError) {
      try view.withLock { view throws(MartletError) in try view.memtable.append(record) }
    } catch {
      preconditionFailure("the writer's own record continues its memtable: \(error)")
    }
    writer.pending = PendingCommit(firstNewUser: writer.users.count)
    return log
  }

  private func makeLog(_ number: UInt64) throws(MartletError) -> LogWriter {
    let log = try LogWriter(
      creating: path + "/" + Manifest.logName(number), number: number, in: fileSystem)
    try fileSystem.syncDirectory(path)
    return log
  }

  /// Returns when the log is on the disk up to `byteCount`, or its rows are in segment files.
  ///
  /// Group commit: who waits for another's sync finds its own bytes synced, mostly.
  func sync(_ log: LogWriter, through byteCount: Int) throws(MartletError) {
    do throws(MartletError) {
      try syncing.withLock { _ throws(MartletError) in
        if log.isRetired || log.syncedByteCount >= byteCount { return }
        try log.sync()
        try log.mark()
      }
    } catch {
      writer.withLock { $0.failure = $0.failure ?? error }
      throw error
    }
  }

  /// Syncs once for all commits of the next `interval`.
  private func scheduleSync(of log: LogWriter, after interval: Duration) {
    guard log.startWaitingForSync() else { return }
    maintenance.run(after: interval) { [weak self] in
      log.endWaitingForSync()
      // A failure poisons the writer, which says so at its next use.
      try? self?.sync(log, through: log.byteCount)
    }
  }

  /// Runs writes; a failure makes the writer unusable for good, since what reached the disk is
  /// unknown and nothing is retried on dirty pages.
  func poisoning<Result>(
    _ writer: inout Writer, _ body: (inout Writer) throws(MartletError) -> Result
  ) throws(MartletError) -> Result {
    do throws(MartletError) {
      return try body(&writer)
    } catch {
      writer.failure = error
      throw error
    }
  }
}
