/// The constants of a write-ahead log, as `formats/log.md` specifies them.
package enum LogFormat {
  /// The version this build writes, and the newest it reads.
  package static let version: UInt32 = 1
  /// Bytes before the first frame: the file header and the log's number.
  package static let headerByteCount = 24

  /// What a frame holds.
  enum FrameKind: UInt32 {
    /// One `LogRecord`.
    case record = 1
    /// Nothing: the frame is there for its synced length.
    case mark = 2
  }

  /// The first bytes of a frame: two that no UTF-8 text holds, so that a search for frames does
  /// not stop at stored texts, and two letters.
  static let frameMagic: [UInt8] = [0xFD, 0xFE, 0x57, 0x46]
  /// Bytes of a frame before its payload.
  package static let frameHeaderByteCount = 36
  /// Bytes of a record before compression, at most (64 MiB).
  package static let recordByteCountMax = 64 << 20
  /// Bytes of a frame's payload, at most: codec and byte count come on top of a stored record.
  static let payloadByteCountMax = recordByteCountMax + 16

  /// zstd's level for payloads: a log is written once, read after a crash, and removed.
  static let compressionLevel = 1

  /// Rows of one record, at most.
  package static let rowCountMax = 1 << 20
  /// Cells and items of lists of one record together, at most.
  package static let cellCountMax = 1 << 23
  /// Event types and property names of one record's batches together, at most.
  package static let nameCountMax = 1 << 20
  /// Batches, new users, and identity edges of one record, at most of each.
  package static let partCountMax = 1 << 20

  /// The first byte of each value in a record; numbers in narrow form have their scale,
  /// 0 ... `scaleMax`.
  enum ValueTag {
    static let scaleMax: UInt8 = 18
    static let wideNumber: UInt8 = 32
    static let text: UInt8 = 33
    static let `false`: UInt8 = 34
    static let `true`: UInt8 = 35
    static let list: UInt8 = 36
    static let null: UInt8 = 37
  }
}
