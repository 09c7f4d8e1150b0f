import MartletEncoding

/// What stands before a frame's payload.
struct LogFrame: Hashable, Sendable {
  var kind: LogFormat.FrameKind
  var payloadByteCount: Int
  var payloadChecksum: UInt32
  /// Counts the frames of a file, from 1.
  var sequence: UInt64
  /// How many of the file's bytes were on the disk when the frame was written.
  var syncedByteCount: Int

  /// The bytes of the frame header.
  /// - Parameter offset: where the frame starts in the file.
  func encoded(logNumber: UInt64, at offset: Int) -> [UInt8] {
    var writer = ByteWriter()
    writer.writeBytes(LogFormat.frameMagic)
    writer.writeUInt32(kind.rawValue)
    writer.writeUInt32(UInt32(payloadByteCount))
    writer.writeUInt32(payloadChecksum)
    writer.writeUInt64(sequence)
    writer.writeUInt64(UInt64(syncedByteCount))
    writer.writeUInt32(
      LogFrame.checksum(writer.bytes.rawSpan, logNumber: logNumber, at: offset))
    precondition(writer.bytes.count == LogFormat.frameHeaderByteCount)
    return writer.bytes
  }

  /// The frame header at an offset of a log; nil where there is none, or it is damaged.
  init?(_ bytes: RawSpan, at offset: Int, logNumber: UInt64) {
    let checksumOffset = LogFormat.frameHeaderByteCount - 4
    guard bytes.byteCount - offset >= LogFormat.frameHeaderByteCount else { return nil }
    let header = bytes.extracting(offset..<offset + LogFormat.frameHeaderByteCount)
    for (index, byte) in LogFormat.frameMagic.enumerated() where header.byte(at: index) != byte {
      return nil
    }
    let covered = header.extracting(0..<checksumOffset)
    guard
      LogFrame.checksum(covered, logNumber: logNumber, at: offset)
        == header.integer(at: checksumOffset, as: UInt32.self),
      let kind = LogFormat.FrameKind(rawValue: header.integer(at: 4, as: UInt32.self))
    else { return nil }
    self.kind = kind
    payloadByteCount = Int(header.integer(at: 8, as: UInt32.self))
    payloadChecksum = header.integer(at: 12, as: UInt32.self)
    sequence = header.integer(at: 16, as: UInt64.self)
    // What is synced when a frame is written lies before it.
    let synced = header.integer(at: 24, as: UInt64.self)
    guard synced <= UInt64(offset), payloadByteCount <= LogFormat.payloadByteCountMax,
      kind == .record || payloadByteCount == 0
    else { return nil }
    syncedByteCount = Int(synced)
  }

  init(
    _ kind: LogFormat.FrameKind, payload: [UInt8], sequence: UInt64, syncedByteCount: Int
  ) {
    self.kind = kind
    (payloadByteCount, payloadChecksum) = (payload.count, CRC32C.checksum(payload))
    (self.sequence, self.syncedByteCount) = (sequence, syncedByteCount)
  }

  /// Bytes of header and payload.
  var byteCount: Int { LogFormat.frameHeaderByteCount + payloadByteCount }

  /// Covers the log and the place too, so that a frame of another log, or one that was moved, is
  /// no frame. The payload is bound to them by its checksum, which is covered.
  private static func checksum(
    _ header: RawSpan, logNumber: UInt64, at offset: Int
  ) -> UInt32 {
    var writer = ByteWriter()
    writer.writeUInt64(logNumber)
    writer.writeUInt64(UInt64(offset))
    writer.writeBytes(header.array())
    return CRC32C.checksum(writer.bytes)
  }
}
