import MartletEncoding
package import MartletFiles
package import MartletModel
import MartletSegmentFile

/// Reads the records of a write-ahead log, one after the other.
///
/// Specified in `formats/log.md`. What a crash left behind the last whole frame is told apart
/// from damage: bytes that are known to have been on the disk are never dropped.
package struct LogReader {
  let bytes: FileBytes
  let number: UInt64
  let durableByteCount: Int
  private var isAtEnd = false
  /// Behind the last whole frame read so far.
  package private(set) var position: LogPosition
  /// How many of the file's bytes are known to have been on the disk.
  package private(set) var syncedByteCount: Int
  /// Bytes behind `position` that no whole frame holds, once `next` has returned nil.
  package private(set) var tornByteCount = 0

  /// Opens a log.
  ///
  /// While another process appends, the last frame may be half written; that is the end then, as
  /// it is after a crash.
  /// - Parameters:
  ///   - number: the log's, as the manifest has it.
  ///   - start: where an earlier reader of this log stopped.
  ///   - durableByteCount: how many bytes of the file are known to have been on the disk.
  /// - Throws: `.corrupt` where the file is shorter than it was, or its header is damaged;
  ///   `.tooNew`.
  package init(
    _ bytes: FileBytes, number: UInt64, from start: LogPosition = .start,
    durableByteCount: Int = 0
  ) throws(MartletError) {
    precondition(start.offset >= LogFormat.headerByteCount && durableByteCount >= 0)
    (self.bytes, self.number, self.durableByteCount) = (bytes, number, durableByteCount)
    (position, syncedByteCount) = (start, durableByteCount)
    let expected = start == .start ? durableByteCount : max(durableByteCount, start.offset)
    guard bytes.count >= expected else {
      throw MartletError(
        .corrupt, file: bytes.name, place: "byte \(bytes.count)",
        "the log ends here, but had \(expected) bytes", remedy: BlockHandle.remedy)
    }
    if try !hasHeader() {
      isAtEnd = true
      tornByteCount = bytes.count
      position = LogPosition(offset: 0, sequence: LogPosition.start.sequence)
    }
  }

  /// The next record, or nil at the end of the log.
  /// - Throws: `.corrupt`, naming the file and the byte, for damage to bytes that were on the
  ///   disk, and for whole frames that hold no record.
  package mutating func next() throws(MartletError) -> LogRecord? {
    while !isAtEnd {
      let offset = position.offset
      guard let frame = wholeFrame(at: offset) else {
        try checkTail(from: offset)
        isAtEnd = true
        tornByteCount = bytes.count - offset
        return nil
      }
      let record = frame.kind == .record ? try readRecord(frame, at: offset) : nil
      position = LogPosition(
        offset: offset + frame.byteCount, sequence: frame.sequence + 1)
      syncedByteCount = max(syncedByteCount, frame.syncedByteCount)
      if let record { return record }
    }
    return nil
  }

  /// The frame that belongs at the offset, header and payload intact, or nil.
  private func wholeFrame(at offset: Int) -> LogFrame? {
    guard let frame = LogFrame(bytes.bytes, at: offset, logNumber: number),
      frame.sequence == position.sequence, frame.byteCount <= bytes.count - offset
    else { return nil }
    let start = offset + LogFormat.frameHeaderByteCount
    let payload = bytes.bytes.extracting(start..<start + frame.payloadByteCount)
    return CRC32C.checksum(payload) == frame.payloadChecksum ? frame : nil
  }

  private func readRecord(
    _ frame: LogFrame, at offset: Int
  ) throws(MartletError) -> LogRecord {
    let start = offset + LogFormat.frameHeaderByteCount
    let payload = bytes.bytes.extracting(start..<start + frame.payloadByteCount)
    do throws(MartletError) {
      let raw = try Block.decompress(payload, limit: LogFormat.recordByteCountMax)
      return try LogRecord(decoding: raw)
    } catch {
      let inner = error.place.map { ", \($0)" } ?? ""
      throw MartletError(
        .corrupt, file: bytes.name, place: "frame at byte \(offset)\(inner)", error.reason,
        remedy: BlockHandle.remedy)
    }
  }
}
