import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport

@testable import MartletEngine

/// Logs of which a part was on the disk.
struct FuzzedLog: FuzzedDecoder {
  struct Input {
    var bytes: [UInt8]
    var durableByteCount: Int
    /// Whether the records become files in memory, as they do when a store is opened.
    var isReplayed: Bool
  }

  /// A frame of a seed.
  struct Frame {
    var kind: LogFormat.FrameKind
    var syncedByteCount: Int
    var payload: [UInt8]
    /// The payload before compression; none in a mark.
    var record: [UInt8]
  }

  let seeds: [[UInt8]]
  private let frames: [[Frame]]
  let number: UInt64

  init(_ seeds: FuzzSeeds) throws {
    number = LogSample.number
    let stored = seeds.files("log-").filter { $0.count > LogFormat.headerByteCount }
    let samples = [try LogSample.smallFile().bytes] + stored.map(FuzzedLog.renumbered)
    self.seeds = samples
    frames = samples.map(FuzzedLog.frames)
    precondition(frames.count > 2 && frames.allSatisfy { $0.contains { !$0.record.isEmpty } })
  }

  private static func frames(_ bytes: [UInt8]) -> [Frame] {
    frames(bytes, number: bytes.rawSpan.integer(at: FileHeader.byteCount, as: UInt64.self))
  }

  /// - Parameter number: the log's, which its frames have in their checksums.
  static func frames(_ bytes: [UInt8], number: UInt64) -> [Frame] {
    var frames: [Frame] = []
    var offset = LogFormat.headerByteCount
    while let frame = LogFrame(bytes.rawSpan, at: offset, logNumber: number),
      frame.byteCount <= bytes.count - offset
    {
      let payload = Array(
        bytes[offset + LogFormat.frameHeaderByteCount..<offset + frame.byteCount])
      let limit = LogFormat.recordByteCountMax
      frames.append(
        Frame(
          kind: frame.kind, syncedByteCount: frame.syncedByteCount, payload: payload,
          record: (try? Block.decompress(payload.rawSpan, limit: limit)) ?? []))
      offset += frame.byteCount
    }
    return frames
  }

  /// The same frames in the log of the number that all inputs have.
  private static func renumbered(_ bytes: [UInt8]) -> [UInt8] {
    log(of: frames(bytes)) { _ in }
  }

  /// The bytes of a log; frame headers are changed before they get their checksums.
  static func log(of frames: [Frame], _ change: (inout LogFrame) -> Void) -> [UInt8] {
    var writer = ByteWriter()
    FileHeader(.log, version: LogFormat.version).write(to: &writer)
    writer.writeUInt64(LogSample.number)
    for (index, frame) in frames.enumerated() {
      var header = LogFrame(
        frame.kind, payload: frame.payload, sequence: UInt64(index + 1),
        syncedByteCount: min(frame.syncedByteCount, writer.bytes.count))
      change(&header)
      writer.writeBytes(header.encoded(logNumber: LogSample.number, at: writer.bytes.count))
      writer.writeBytes(frame.payload)
    }
    return writer.bytes
  }

  func input(_ random: inout SplitMix64) -> Input {
    let seed = random.integer(0...seeds.count - 1)
    var bytes: [UInt8]
    switch random.integer(0...9) {
    case 0, 1:
      bytes = seeds[seed]
      ByteDamage.some(&bytes, &random)
    case 2:
      bytes = FuzzedLog.log(of: frames[seed]) { FuzzedLog.damage(&$0, &random) }
    default:
      bytes = withDamagedRecord(frames[seed], &random)
    }
    if random.chance(0.05) { bytes.removeLast(random.integer(0...bytes.count)) }
    let durable = random.pick([0, 0, 24, random.integer(0...bytes.count), bytes.count])
    return Input(
      bytes: bytes, durableByteCount: durable + (random.chance(0.01) ? 1 : 0),
      isReplayed: random.chance(0.1))
  }

  static func damage(_ header: inout LogFrame, _ random: inout SplitMix64) {
    guard random.chance(0.4) else { return }
    switch random.integer(0...5) {
    case 0: header.payloadByteCount = random.integer(0...header.payloadByteCount + 40)
    case 1: header.payloadByteCount = random.pick([0, 1 << 26, Int(UInt32.max)])
    case 2: header.payloadChecksum ^= 1 << UInt32(random.integer(0...31))
    case 3: header.sequence = random.pick([0, header.sequence + 1, .max])
    case 4: header.syncedByteCount = random.integer(0...header.syncedByteCount + 100)
    default: header.kind = header.kind == .mark ? .record : .mark
    }
  }

  /// A log with right checksums, of whose records one is changed.
  private func withDamagedRecord(_ frames: [Frame], _ random: inout SplitMix64) -> [UInt8] {
    var frames = frames
    let index = random.pick(frames.indices.filter { !frames[$0].record.isEmpty })
    FuzzedLog.damage(&frames[index], &random)
    // The record alone, so that errors of later ones do not hide that it was taken.
    return FuzzedLog.log(of: random.chance(0.7) ? [frames[index]] : frames) { _ in }
  }

  /// Changes the record of a frame, or what it is compressed to.
  static func damage(_ frame: inout Frame, _ random: inout SplitMix64) {
    if random.chance(0.1) {
      ByteDamage.some(&frame.payload, &random)
    } else {
      ByteDamage.some(&frame.record, &random)
      let codec = random.chance(0.9) ? Codec.stored : random.pick(Codec.allCases)
      frame.payload = Block.compress(frame.record, codec: codec, level: 1)
    }
  }

  func bytes(of input: Input) -> [UInt8] { input.bytes }

  func read(_ input: Input) throws -> Int {
    var reader = try LogReader(
      FileBytes(input.bytes, name: FuzzRun.fileName), number: number,
      durableByteCount: input.durableByteCount)
    var hasher = Hasher()
    var memtable: Memtable?
    while let record = try reader.next() {
      LogDigest.add(record, to: &hasher)
      guard input.isReplayed else { continue }
      try inFile(FuzzRun.fileName) { () throws(MartletError) in
        var table = memtable ?? Memtable(storedUserCount: Int(record.firstNewUser))
        try table.append(record)
        memtable = table
      }
    }
    if var memtable {
      let files = try inFile(FuzzRun.fileName) { () throws(MartletError) in
        try memtable.files(firstArrivalNumber: 1)
      }
      for file in files.segmentFiles { try StoredDigest.add(file, to: &hasher) }
      for file in files.userFiles { try StoredDigest.add(file, to: &hasher) }
    }
    hasher.combine(reader.position)
    hasher.combine(reader.tornByteCount)
    hasher.combine(reader.syncedByteCount)
    return hasher.finalize()
  }
}
