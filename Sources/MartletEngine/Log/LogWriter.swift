import MartletEncoding
package import MartletFiles
package import MartletModel
import Synchronization

/// Appends the records of commits to a write-ahead log.
///
/// Specified in `formats/log.md`. Several threads may use it; a sync does not hold up writes. After
/// a failed write or sync every later one throws `.poisoned`.
package final class LogWriter: Sendable {
  private struct State {
    var sequence: UInt64
    var byteCount: Int
    var syncedByteCount: Int
    /// The synced length that the last frame tells.
    var toldByteCount: Int
    var isRetired = false
    var isWaitingForSync = false
  }

  private let file: any WritableFile
  private let number: UInt64
  private let state: Mutex<State>

  /// Starts a new log. Neither the file nor its name is synced.
  /// - Throws: `.io`, also where there is such a file.
  package init(
    creating path: String, number: UInt64, in fileSystem: any FileSystem
  ) throws(MartletError) {
    var header = ByteWriter()
    FileHeader(.log, version: LogFormat.version).write(to: &header)
    header.writeUInt64(number)
    precondition(header.count == LogFormat.headerByteCount)
    file = try fileSystem.create(path)
    try file.write(header.bytes)
    self.number = number
    state = Mutex(
      State(
        sequence: LogPosition.start.sequence, byteCount: header.count, syncedByteCount: 0,
        toldByteCount: 0))
  }

  /// Goes on with a log that was read to its end.
  /// - Parameters:
  ///   - position: behind the last frame, as `LogReader` found it.
  ///   - syncedByteCount: how many of the file's bytes are known to be on the disk.
  /// - Throws: `.corrupt` where anything follows `position`: nothing is written behind a torn
  ///   tail. `.io`, `.noInput`.
  package init(
    continuing path: String, number: UInt64, at position: LogPosition, syncedByteCount: Int,
    in fileSystem: any FileSystem
  ) throws(MartletError) {
    precondition(syncedByteCount <= position.offset)
    file = try fileSystem.append(path)
    self.number = number
    state = Mutex(
      State(
        sequence: position.sequence, byteCount: position.offset,
        syncedByteCount: syncedByteCount, toldByteCount: syncedByteCount))
    guard file.byteCount == position.offset else {
      throw MartletError(
        .corrupt, file: path, place: "byte \(position.offset)",
        "the log has \(file.byteCount) bytes, but its last frame ends here",
        remedy: "go on in a new log")
    }
  }

  /// The file's length.
  package var byteCount: Int { state.withLock { $0.byteCount } }

  /// How many of the file's bytes are on the disk.
  package var syncedByteCount: Int { state.withLock { $0.syncedByteCount } }

  /// Where the next frame goes.
  package var position: LogPosition {
    state.withLock { LogPosition(offset: $0.byteCount, sequence: $0.sequence) }
  }

  /// Adds a record, as one frame in one write, without a sync.
  /// - Precondition: the record keeps to the limits of `LogFormat`.
  /// - Throws: `.io`, `.poisoned`.
  /// - Complexity: O(bytes of the record).
  package func append(_ record: borrowing LogRecord) throws(MartletError) {
    let raw = record.encoded()
    precondition(raw.count <= LogFormat.recordByteCountMax, "a record is too large for a log")
    let payload = Block.compress(raw, codec: .zstd, level: LogFormat.compressionLevel)
    try state.withLock { state throws(MartletError) in try write(.record, payload, &state) }
  }

  /// Returns when all frames written before the call are on the disk. The next frame tells
  /// readers so.
  /// - Throws: `.io`, `.poisoned`.
  package func sync() throws(MartletError) {
    let (written, synced) = state.withLock { ($0.byteCount, $0.syncedByteCount) }
    guard synced < written else { return }
    try file.sync()
    state.withLock { $0.syncedByteCount = max($0.syncedByteCount, written) }
  }

  /// Adds a frame that tells how much is on the disk, where no frame tells it yet. The frame
  /// itself is not synced.
  /// - Throws: `.io`, `.poisoned`.
  package func mark() throws(MartletError) {
    try state.withLock { state throws(MartletError) in
      guard state.toldByteCount < state.syncedByteCount else { return }
      try write(.mark, [], &state)
    }
  }

  /// Ends the use of the file, without a sync.
  /// - Throws: `.io`.
  package func close() throws(MartletError) { try file.close() }

  private func write(
    _ kind: LogFormat.FrameKind, _ payload: [UInt8], _ state: inout State
  ) throws(MartletError) {
    let frame = LogFrame(
      kind, payload: payload, sequence: state.sequence, syncedByteCount: state.syncedByteCount)
    var bytes = frame.encoded(logNumber: number, at: state.byteCount)
    bytes += payload
    try file.write(bytes)
    state.byteCount += bytes.count
    state.sequence += 1
    state.toldByteCount = state.syncedByteCount
  }
}

extension LogWriter {
  /// Whether all records are in segment files, so that nobody needs the log on the disk.
  var isRetired: Bool { state.withLock { $0.isRetired } }

  /// Notes that all records are in segment files.
  func retire() { state.withLock { $0.isRetired = true } }

  /// Whether it falls to the caller to sync the log later; one caller at a time.
  func startWaitingForSync() -> Bool {
    state.withLock { state in
      defer { state.isWaitingForSync = true }
      return !state.isWaitingForSync
    }
  }

  func endWaitingForSync() { state.withLock { $0.isWaitingForSync = false } }
}
