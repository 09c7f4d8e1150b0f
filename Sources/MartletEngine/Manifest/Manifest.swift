import MartletEncoding
package import MartletModel
import MartletSegmentFile

/// What the store consists of at one instant: the file that a commit replaces.
///
/// Specified in `formats/manifest.md`.
package struct Manifest: Hashable, Sendable {
  package static let version: UInt32 = 1
  package static let fileName = "manifest"
  /// Numbers and counts are at most this, so that the next ones exist and sums do not overflow.
  static let counterMax = 1 << 61
  /// Header, payload length and payload checksum.
  private static let frameByteCount = FileHeader.byteCount + 8

  /// A file the store consists of.
  package struct File: Hashable, Sendable {
    package var number: UInt64
    package var byteCount: UInt64
  }

  /// Counts commits; each writes a greater one.
  package var generation: UInt64 = 0
  /// The number of the next file, of whatever kind.
  package var nextFileNumber: UInt64 = 2
  /// The arrival number of the next segment file.
  package var nextArrivalNumber: UInt64 = 1
  /// In arrival order, as far as files overlap in time; those that compaction made come first.
  package var segmentFiles: [File] = []
  /// How many of `segmentFiles` compaction made; each of these lies within one partition.
  package var partitionedFileCount = 0
  /// Where each partition of time but the first begins, in ascending order.
  package var partitionStarts: [Int64] = []
  /// In ordinal order.
  package var userFiles: [File] = []
  /// The number of the log whose records follow what the files hold.
  package var logNumber: UInt64 = 1
  /// How many bytes of the log are known to be on disk, at least; the file may not exist while 0.
  package var logByteCount: UInt64 = 0
  /// Duplicates dropped since the store was made, those of the log excepted.
  package var duplicateCount: UInt64 = 0
  /// Events before it were dropped, and are refused; milliseconds since the epoch.
  package var expiredBefore: Int64?
  package var forgotten = ForgottenUsers()
  /// Saved segments: name to canonical expression text.
  package var savedSegments: [Text: Text] = [:]

  package init() {}

  package static func segmentFileName(_ number: UInt64) -> String {
    "segment-\(String(repeating: "0", count: max(0, 8 - String(number).count)))\(number).martlet"
  }

  package static func userFileName(_ number: UInt64) -> String {
    "users-\(String(repeating: "0", count: max(0, 8 - String(number).count)))\(number).martlet"
  }

  package static func logName(_ number: UInt64) -> String {
    "log-\(String(repeating: "0", count: max(0, 8 - String(number).count)))\(number).martlet"
  }

  /// Bytes of the segment and user files.
  package var byteCount: Int {
    (segmentFiles + userFiles).reduce(0) { $0 + Int(clamping: $1.byteCount) }
  }

  /// The names of the files that the manifest names.
  package var fileNames: Set<String> {
    var names = Set(segmentFiles.map { Manifest.segmentFileName($0.number) })
    names.formUnion(userFiles.map { Manifest.userFileName($0.number) })
    names.insert(Manifest.logName(logNumber))
    return names
  }

  /// Whether there are rows that the store does not take.
  var refusesRows: Bool { expiredBefore != nil || forgotten.idCount > 0 }

  /// The next file number, which is used up.
  mutating func takeFileNumber() -> UInt64 {
    defer { nextFileNumber += 1 }
    return nextFileNumber
  }

  /// The bytes of the manifest file.
  package func encoded() -> [UInt8] {
    var payload = ByteWriter()
    payload.writeVarint(generation)
    payload.writeVarint(nextFileNumber)
    payload.writeVarint(nextArrivalNumber)
    for files in [segmentFiles, userFiles] {
      payload.writeVarint(UInt64(files.count))
      for file in files {
        payload.writeVarint(file.number)
        payload.writeVarint(file.byteCount)
      }
    }
    payload.writeVarint(UInt64(partitionedFileCount))
    payload.writeVarint(UInt64(partitionStarts.count))
    for start in partitionStarts { payload.writeZigZag(start) }
    payload.writeVarint(logNumber)
    payload.writeVarint(logByteCount)
    payload.writeVarint(duplicateCount)
    payload.writeUInt8(expiredBefore == nil ? 0 : 1)
    if let expiredBefore { payload.writeZigZag(expiredBefore) }
    forgotten.write(to: &payload)
    payload.writeVarint(UInt64(savedSegments.count))
    for (name, expression) in savedSegments.sorted(by: { $0.key < $1.key }) {
      payload.writeText(name)
      payload.writeText(expression)
    }
    var writer = ByteWriter()
    FileHeader(.manifest, version: Manifest.version).write(to: &writer)
    writer.writeUInt32(UInt32(payload.bytes.count))
    writer.writeUInt32(CRC32C.checksum(payload.bytes))
    writer.writeBytes(payload.bytes)
    return writer.bytes
  }

  /// Reads a manifest.
  /// - Throws: `.corrupt` or `.tooNew`, naming `file`.
  package init(_ bytes: [UInt8], file: String) throws(MartletError) {
    self.init()
    _ = try FileHeader.check(
      bytes.rawSpan, is: .manifest, newestVersion: Manifest.version, file: file)
    self = try inFile(file) { () throws(MartletError) in
      var frame = ByteReader(bytes.rawSpan.extracting(FileHeader.byteCount..<bytes.count), of: file)
      let (byteCount, checksum) = (try frame.readUInt32(), try frame.readUInt32())
      let payload = Array(bytes.dropFirst(Manifest.frameByteCount))
      guard payload.count == Int(byteCount), CRC32C.checksum(payload) == checksum else {
        throw MartletError(
          .corrupt, place: "byte \(FileHeader.byteCount)", "the manifest fails its checksum",
          remedy: BlockHandle.remedy)
      }
      var reader = ByteReader(payload.rawSpan, of: file)
      return try Manifest(from: &reader)
    }
  }

  private init(from reader: inout ByteReader) throws(MartletError) {
    generation = try Manifest.readCounter(from: &reader)
    nextFileNumber = try Manifest.readCounter(from: &reader)
    nextArrivalNumber = try Manifest.readCounter(from: &reader)
    segmentFiles = try Manifest.readFiles(from: &reader)
    userFiles = try Manifest.readFiles(from: &reader)
    partitionedFileCount = try reader.readCount(limit: segmentFiles.count)
    partitionStarts = try Manifest.readPartitionStarts(from: &reader)
    logNumber = try reader.readVarint()
    logByteCount = try Manifest.readCounter(from: &reader)
    duplicateCount = try Manifest.readCounter(from: &reader)
    expiredBefore = try reader.readFlag() ? try reader.readZigZag() : nil
    forgotten = try ForgottenUsers(from: &reader)
    for _ in 0..<(try reader.readCount(limit: Limits.savedSegments)) {
      let name = try reader.readText()
      guard savedSegments.updateValue(try reader.readText(), forKey: name) == nil else {
        throw MartletError(
          .corrupt, "a saved segment is listed twice", remedy: BlockHandle.remedy)
      }
    }
    let numbers = (segmentFiles + userFiles).map(\.number) + [logNumber]
    guard Set(numbers).count == numbers.count, numbers.allSatisfy({ $0 < nextFileNumber }) else {
      throw MartletError(
        .corrupt, "a file number is used twice, or is not used up yet",
        remedy: BlockHandle.remedy)
    }
    guard reader.isAtEnd else {
      throw MartletError(
        .corrupt, "bytes follow the manifest's end", remedy: BlockHandle.remedy)
    }
  }

  private static func readCounter(from reader: inout ByteReader) throws(MartletError) -> UInt64 {
    UInt64(try reader.readCount(limit: counterMax))
  }

  private static func readPartitionStarts(
    from reader: inout ByteReader
  ) throws(MartletError) -> [Int64] {
    var starts: [Int64] = []
    for _ in 0..<(try reader.readCount(limit: Limits.partitions)) {
      let start = try reader.readZigZag()
      guard starts.last.map({ $0 < start }) ?? true else {
        throw MartletError(
          .corrupt, "the partitions are out of order", remedy: BlockHandle.remedy)
      }
      starts.append(start)
    }
    return starts
  }

  private static func readFiles(from reader: inout ByteReader) throws(MartletError) -> [File] {
    var files: [File] = []
    for _ in 0..<(try reader.readCount(limit: Limits.files)) {
      let number = try reader.readVarint()
      files.append(File(number: number, byteCount: try reader.readVarint()))
    }
    return files
  }
}
