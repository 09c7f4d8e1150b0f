import MartletModel
import MartletTestSupport
import Testing

@testable import MartletEngine

/// A torn tail is dropped and reported; damage to what was on the disk is an error.
@Suite struct LogDamageTests {
  /// Expects what the rules say of a log whose first unreadable frame starts at `offset`.
  private static func expect(
    _ bytes: [UInt8], of file: LogSample.File, brokenAt offset: Int, durable: Int,
    _ context: String
  ) throws {
    let isKnown =
      durable > offset
      || file.frames.contains {
        $0.range.lowerBound > offset && $0.range.upperBound <= bytes.count
          && $0.syncedByteCount > offset
      }
    if isKnown {
      let error = #expect(throws: MartletError.self, "\(context)") {
        try ReadLog(bytes, durableByteCount: durable)
      }
      #expect(error?.code == .corrupt && error?.file == "log", "\(context)")
      #expect(error?.place == "byte \(offset)" && error?.remedy != nil, "\(context)")
    } else {
      let read = try ReadLog(bytes, durableByteCount: durable)
      #expect(read.records == file.records(before: offset), "\(context)")
      #expect(read.tornByteCount == bytes.count - offset, "\(context)")
      #expect(read.position.offset == offset, "\(context)")
    }
  }

  @Test func everyBitFlip() throws {
    let file = try LogSample.smallFile()
    #expect(file.frames.count == 6)
    for durable in [0, 24, file.frames[1].range.lowerBound, file.bytes.count] {
      for bit in 0..<file.bytes.count * 8 {
        var bytes = file.bytes
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        let context = "bit \(bit), durable \(durable)"
        guard let frame = file.frame(holding: bit / 8) else {
          let error = #expect(throws: MartletError.self, "\(context)") {
            try ReadLog(bytes, durableByteCount: durable)
          }
          #expect(error?.code == .corrupt || error?.code == .tooNew, "\(context)")
          #expect(error?.file == "log", "\(context)")
          continue
        }
        try Self.expect(
          bytes, of: file, brokenAt: file.frames[frame].range.lowerBound, durable: durable,
          context)
      }
    }
  }

  @Test func everyTruncation() throws {
    let file = try LogSample.smallFile()
    for durable in [0, 24, file.frames[1].range.lowerBound, file.bytes.count] {
      for count in 0...file.bytes.count {
        let bytes = Array(file.bytes[..<count])
        if count < durable {
          let error = #expect(throws: MartletError.self, "\(count) bytes") {
            try ReadLog(bytes, durableByteCount: durable)
          }
          #expect(error?.code == .corrupt && error?.place == "byte \(count)")
          continue
        }
        let read = try ReadLog(bytes, durableByteCount: durable)
        let end = file.frames.map(\.range.upperBound).last { $0 <= count }
        let expected = end ?? (count < LogFormat.headerByteCount ? 0 : LogFormat.headerByteCount)
        #expect(read.records == file.records(before: count), "\(count) bytes")
        #expect(read.position.offset == expected && read.tornByteCount == count - expected)
      }
    }
  }

  @Test func aHeaderCutShortIsDamageWhereItWasOnTheDisk() throws {
    let file = try LogSample.smallFile()
    for count in 1..<LogFormat.headerByteCount {
      for durable in 1...count {
        let error = #expect(throws: MartletError.self) {
          try ReadLog(Array(file.bytes[..<count]), durableByteCount: durable)
        }
        #expect(error?.code == .corrupt && error?.place == "byte 0", "\(durable) of \(count)")
      }
    }
  }

  /// Unsynced blocks may be lost in any order: zeros or garbage where they lay.
  @Test(arguments: [0, 1, 2, 3])
  func everyLostStretch(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let file = try LogSample.smallFile()
    for frame in file.frames {
      for end in file.frames.map(\.range.upperBound) where end >= frame.range.upperBound {
        var bytes = file.bytes
        let start = random.integer(frame.range.lowerBound...frame.range.upperBound - 1)
        for index in start..<end { bytes[index] = seed < 2 ? 0 : UInt8(random.integer(0...255)) }
        // A stretch that was zero before is no loss.
        guard bytes[start..<frame.range.upperBound] != file.bytes[start..<frame.range.upperBound]
        else { continue }
        let known = file.frames.contains {
          $0.range.lowerBound >= end && $0.syncedByteCount > frame.range.lowerBound
        }
        guard !known else {
          let error = #expect(throws: MartletError.self) { try ReadLog(bytes) }
          #expect(error?.place == "byte \(frame.range.lowerBound)", "seed \(seed)")
          continue
        }
        let read = try ReadLog(bytes)
        #expect(read.records == file.records(before: frame.range.lowerBound), "seed \(seed)")
        #expect(read.tornByteCount == bytes.count - frame.range.lowerBound, "seed \(seed)")
      }
    }
  }

  @Test func tailsOfZerosAndGarbage() throws {
    let file = try LogSample.smallFile()
    var random = SplitMix64(seed: 5)
    for count in [1, 35, 36, 37, 512, 4096] {
      let garbage = (0..<count).map { _ in UInt8(random.integer(0...255)) }
      for tail in [[UInt8](repeating: 0, count: count), garbage] {
        let read = try ReadLog(file.bytes + tail, durableByteCount: file.bytes.count)
        #expect(read.records == file.records && read.tornByteCount == count)
        #expect(read.position.offset == file.bytes.count)
      }
    }
  }

  @Test func framesOfAnotherLogOrPlaceAreNone() throws {
    let steps: [LogSample.Step] = [.append(try LogSample.record(seed: 4)), .sync]
    let (mine, other) = (try LogSample.file(steps), try LogSample.file(steps, number: 8))
    #expect(mine.bytes.count == other.bytes.count)
    var bytes = Array(mine.bytes[..<24]) + other.bytes[24...]
    var read = try ReadLog(bytes)
    #expect(read.records.isEmpty && read.tornByteCount == bytes.count - 24)
    // The frame again, where the second would start.
    bytes = mine.bytes + mine.bytes[24...]
    read = try ReadLog(bytes)
    #expect(read.records.count == 1 && read.tornByteCount == bytes.count - mine.bytes.count)
    let error = #expect(throws: MartletError.self) { try ReadLog(other.bytes) }
    #expect(error?.code == .corrupt && error?.reason == "this is log 8, not log 7")
  }

  /// A crash before the first sync may leave another file's old blocks.
  @Test func whatAnEarlierLogLeftIsATornTail() throws {
    let steps: [LogSample.Step] = [.append(try LogSample.record(seed: 4)), .sync]
    let old = try LogSample.file(steps, number: 6)
    let read = try ReadLog(old.bytes)
    #expect(read.records.isEmpty && read.tornByteCount == old.bytes.count)
    let error = #expect(throws: MartletError.self) {
      try ReadLog(old.bytes, durableByteCount: 1)
    }
    #expect(error?.code == .corrupt && error?.reason == "this is log 6, not log 7")
  }

  @Test func aGapInTheSequenceIsATornTailUnlessSynced() throws {
    for synced in [false, true] {
      let frame = LogFrame(.mark, payload: [], sequence: 2, syncedByteCount: 24)
      let next = LogFrame(.mark, payload: [], sequence: 3, syncedByteCount: synced ? 25 : 24)
      let bytes =
        try LogSample.file([]).bytes + frame.encoded(logNumber: 7, at: 24)
        + next.encoded(logNumber: 7, at: 60)
      if synced {
        let error = #expect(throws: MartletError.self) { try ReadLog(bytes) }
        #expect(error?.place == "byte 24")
        #expect(error?.reason.contains("the frame at byte 60 tells that 25 bytes") == true)
      } else {
        let read = try ReadLog(bytes)
        #expect(read.tornByteCount == 72 && read.position == .start)
      }
    }
  }

  @Test func aHeaderOfZerosIsNothingUnlessItWasOnTheDisk() throws {
    let file = try LogSample.smallFile()
    for count in [0, 10, 24, 25, 4096] {
      let read = try ReadLog([UInt8](repeating: 0, count: count))
      #expect(read.records.isEmpty && read.tornByteCount == count && read.position.offset == 0)
      let error = #expect(throws: MartletError.self) {
        try ReadLog([UInt8](repeating: 0, count: count), durableByteCount: 24)
      }
      #expect(error?.code == .corrupt)
    }
    // Frames behind it tell that it was.
    let zeros = [UInt8](repeating: 0, count: 24)
    let error = #expect(throws: MartletError.self) { try ReadLog(zeros + file.bytes[24...]) }
    #expect(error?.code == .corrupt && error?.place == "byte 0")
  }

  /// A crash of the simulated disk, whatever of the unsynced bytes it leaves.
  @Test(arguments: CrashSurvival.Bytes.allCases, 0..<30)
  func crashes(_ bytes: CrashSurvival.Bytes, _ seed: UInt64) throws {
    let system = SimulatedFileSystem()
    try system.createDirectory("/store")
    let writer = try LogWriter(creating: LogSample.path, number: 7, in: system)
    var random = SplitMix64(seed: seed)
    try writer.sync()
    try system.syncDirectory("/store")
    var records: [PlainRecord] = []
    var syncedRecords = 0
    for index in 0..<random.integer(1...6) {
      let record = try LogSample.record(seed: seed + UInt64(index), rowCount: 8)
      try writer.append(record)
      records.append(PlainRecord(record))
      if random.chance(0.3) {
        try writer.sync()
        syncedRecords = records.count
      }
      if random.chance(0.3) { try writer.mark() }
    }
    var crash = SplitMix64(seed: seed)
    let after = system.afterCrash(
      CrashSurvival(bytes: bytes, entries: .kept), using: &crash)
    let read = try ReadLog(
      try after.read(LogSample.path), durableByteCount: LogFormat.headerByteCount)
    #expect(read.records.count >= syncedRecords, "seed \(seed)")
    #expect(read.records == Array(records.prefix(read.records.count)), "seed \(seed)")
  }
}
