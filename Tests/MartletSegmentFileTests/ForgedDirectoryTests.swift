import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

/// Directories that pass their checksums and lie all the same: reading them throws or gives some
/// answer, and never traps.
@Suite struct ForgedDirectoryTests {
  private static func sample() -> SegmentSample {
    var sample = SegmentSample()
    let values: [Value] = ["red", 1.5, true, .list([1, "x"]), .list([]), .number(Number(.max))]
    for index in 0..<24 {
      sample.append(
        UInt32(index % 4) * 66_000, index % 3 == 0 ? "A" : "B", at: Int64(index / 8) * 80_000_000,
        index % 5 == 0 ? [:] : ["p": values[index % values.count]],
        insertID: index % 4 == 0 ? Text("i\(index)") : nil)
    }
    sample.senders[4] = 7
    (sample.firstSeen, sample.edges) = ([(1, 2)], [IdentityEdge(user: 8, target: 1)])
    return sample
  }

  /// Merges of all rows, and of a part of them that moves.
  private static var selections: [SegmentFileMerge.Selection] {
    var part = SegmentFileMerge.Selection()
    part.times = [0..<100_000_000]
    part.droppedUsers = [66_000]
    part.canonical = OrdinalMap([132_000: 0])
    return [SegmentFileMerge.Selection(), part]
  }

  /// Reads all there is, by whole runs and by parts; returns the error that ended it.
  private func read(_ bytes: [UInt8]) -> MartletError? {
    do throws(MartletError) {
      let file = try SegmentFile(FileBytes(bytes, name: "forged"))
      _ = try file.storedRows()
      for index in file.directory.runs.indices {
        let run = try file.run(at: index)
        // Also where what follows throws.
        for user in [0, 66_000, 132_000, 7] as [UInt32] {
          _ = try? run.holds("i4", lyingUnder: user, sentAs: 7)
        }
        _ = (run.timeRange, try run.ties(), try run.sentUsers())
        for keys in [0..<1, 1..<3, 0..<65_536] {
          _ = try run.rowUsers(ofKeys: keys)
          for column in run.directory.columns {
            _ = try run.values(of: column, rows: run.rows(ofKeys: keys))
          }
        }
        _ = try run.holds("i4", ofUser: 0)
      }
      _ = (file.timeRange, try file.anyUsers())
      for entry in file.directory.anyCoarse + file.directory.anyDays {
        _ = try file.bitmap(entry.users, what: "a bitmap")
      }
      _ = try file.firstSeenCorrections()
      _ = try file.identityEdges()
      _ = try file.insertIDPrefixes()
      let fingerprints = (0..<64 as Range<UInt64>).map { UInt64.max << $0 }
      _ = try file.candidates(among: fingerprints)
      for selection in Self.selections {
        _ = try SegmentFileMerge([file, file], selection).encode(arrivalNumber: 2)
      }
      return nil
    } catch {
      return error
    }
  }

  /// The bytes of a file with other directories, whose handles and checksums are right.
  private func forge(_ bytes: [UInt8], _ directory: [UInt8]) -> [UInt8] {
    var sink = BlockSink(compressionLevel: 1)
    _ = sink.append(bytes, as: .directories)
    return BlockFile.finish(sink, directory: directory).joined()
  }

  private func encoded(_ directory: SegmentFileDirectory) -> [UInt8] {
    var writer = ByteWriter()
    directory.write(to: &writer)
    return writer.bytes
  }

  private func expectNoTrap(_ whole: [UInt8], _ forge: ([UInt8]) -> [UInt8]) {
    #expect(read(forge(whole)) == nil)
    var thrown = 0
    for index in whole.indices {
      for flip in [0x01, 0x02, 0x40, 0x80, 0xFF] as [UInt8] {
        var damaged = whole
        damaged[index] ^= flip
        guard let error = read(forge(damaged)) else { continue }
        thrown += 1
        #expect(error.code == .corrupt || error.code == .tooNew, "byte \(index) ^ \(flip)")
        #expect(error.file == "forged", "byte \(index) ^ \(flip): \(error)")
      }
    }
    #expect(thrown > whole.count)
  }

  @Test func theFilesDirectory() throws {
    let bytes = try Self.sample().encoded(anyDayShareMax: .infinity)
    let file = try SegmentFile(FileBytes(bytes, name: "whole"))
    expectNoTrap(encoded(file.directory)) { forge(bytes, $0) }
  }

  /// Rows per user that pass the checksum of their page.
  @Test(
    arguments: [
      [6, 6, 6, 5], [6, 6, 6, 7], [24, 0, 0, 0], [-1, 7, 9, 9], [6, 6, .max, 6], [6, 6, 12, 0],
      [.min, .min, 24, 0],
    ] as [[Int64]])
  func rowsPerUserThatDoNotAddUp(_ counts: [Int64]) throws {
    var sample = SegmentSample()
    for index in 0..<24 {
      sample.append(UInt32(index % 4) * 40_000, "A", at: Int64(index), insertID: Text("i\(index)"))
    }
    try expectCorrupt(sample) { directory, sink in
      directory.rowsPerUser = sink.appendColumn(counts, as: .users)
    }
  }

  @Test func columnsThatContradictTheirRun() throws {
    let sample = Self.sample()
    try expectCorrupt(sample) { directory, _ in directory.userCount -= 1 }
    try expectCorrupt(sample) { directory, _ in directory.blocks.removeLast() }
    try expectCorrupt(sample) { directory, _ in directory.blocks[1].firstRow += 1 }
    try expectCorrupt(sample) { directory, _ in directory.tieRanks = .empty }
    var dense = SegmentSample()
    for index in 0..<9 {
      dense.append(
        UInt32(index), "A", at: Int64(index), ["n": .number(Number(Int64(index)))],
        insertID: Text("i\(index)"))
    }
    try expectCorrupt(dense) { directory, _ in
      directory.columns[0].positionCount -= 1
      directory.columns[0].values.valueCount -= 1
    }
    try expectCorrupt(dense) { directory, _ in directory.insertIDs.valueCount -= 1 }
  }

  @Test func aTimeRangeThatEndsBeforeItStarts() throws {
    let bytes = try Self.sample().encoded()
    var directory = try SegmentFile(FileBytes(bytes, name: "whole")).directory
    directory.runs[0].earliest = directory.runs[0].latest + 1
    #expect(read(forge(bytes, encoded(directory)))?.code == .corrupt)
  }

  @Test(arguments: [Int64.min, Timestamp.earliest.milliseconds - 1])
  func aRunBeforeAllTimes(_ time: Int64) throws {
    let bytes = try Self.sample().encoded()
    var directory = try SegmentFile(FileBytes(bytes, name: "whole")).directory
    directory.runs[0].earliest = time
    let error = read(forge(bytes, encoded(directory)))
    #expect(error?.reason == "a run has times that no event can have")
    directory.runs[0].earliest = 0
    directory.runs[0].latest = Timestamp.latest.milliseconds + 1
    #expect(read(forge(bytes, encoded(directory)))?.reason == error?.reason)
  }

  @Test func pagesBeyondAllOffsets() throws {
    let bytes = try Self.sample().encoded()
    var directory = try SegmentFile(FileBytes(bytes, name: "whole")).directory
    directory.firstSeenUsers.pages[0].offset = .max
    let error = read(forge(bytes, encoded(directory)))
    #expect(error?.code == .corrupt && error?.file == "forged")
    #expect(error?.reason == "a page's offset overflows")
  }

  @Test func namesThatAreListedTwice() throws {
    let bytes = try Self.sample().encoded()
    let whole = try SegmentFile(FileBytes(bytes, name: "whole")).directory
    var directory = whole
    directory.properties.append(directory.properties[0])
    #expect(read(forge(bytes, encoded(directory)))?.reason == "a property is listed twice")
    directory = whole
    directory.runs[1].eventType = directory.runs[0].eventType
    #expect(read(forge(bytes, encoded(directory)))?.reason == "an event type has two runs")
  }

  /// The store reckons with these numbers, and must not overflow.
  @Test func numbersThatNoStoreHas() throws {
    let bytes = try Self.sample().encoded(anyDayShareMax: .infinity)
    let whole = try SegmentFile(FileBytes(bytes, name: "whole")).directory
    for number in [1 << 60 + 1, .max] as [UInt64] {
      var directory = whole
      directory.arrivalNumber = number
      #expect(read(forge(bytes, encoded(directory)))?.code == .corrupt)
      directory = whole
      directory.byteCounts[2] = number
      #expect(read(forge(bytes, encoded(directory)))?.code == .corrupt)
    }
    for day in [Int(Int32.max), .max] {
      var directory = whole
      directory.anyDays[directory.anyDays.count - 1].bucket = day
      #expect(read(forge(bytes, encoded(directory)))?.code == .corrupt)
      directory.anyDays = whole.anyDays
      directory.anyDays[0].bucket = -day
      #expect(read(forge(bytes, encoded(directory)))?.code == .corrupt)
      directory.anyDays = whole.anyDays
      directory.anyCoarse[0].bucket = -day
      #expect(read(forge(bytes, encoded(directory)))?.code == .corrupt)
    }
  }

  @Test func listsThatContradictTheirItems() throws {
    let sample = Self.sample()
    try expectCorrupt(sample) { directory, _ in
      for index in directory.columns.indices where directory.columns[index].kind == .list {
        directory.columns[index].isItemLevel = true
        directory.columns[index].presence = nil
        directory.columns[index].positionCount = directory.columns[index].values.valueCount
      }
    }
    try expectCorrupt(sample) { directory, _ in
      for index in directory.columns.indices where directory.columns[index].isItemLevel {
        directory.columns[index].positionCount = Int(UInt32.max)
      }
    }
    try expectCorrupt(sample) { directory, _ in
      let index = directory.columns.firstIndex { $0.isItemLevel && $0.presence != nil }
      if let index { directory.columns[index].positionCount += 1 }
    }
    try expectCorrupt(sample) { directory, _ in
      let index = directory.columns.firstIndex(where: \.isItemLevel)
      if let index { directory.columns.remove(at: index) }
    }
  }

  @Test func rowsOfNobody() throws {
    try expectCorrupt(Self.sample()) { directory, _ in directory.blocks = [] }
  }

  /// What a merge alone looks at; nothing is written from it.
  @Test func valuesThatAMergeRefuses() throws {
    var lists = SegmentSample()
    for index in 0..<3 { lists.append(0, "A", at: Int64(index), ["p": .list([])]) }
    let items = try forgedRun(lists) { directory, sink in
      directory.columns[0].values = sink.appendColumn([0, 1 << 20, 0], as: .properties)
    }
    let times = try forgedRun(lists) { directory, sink in
      directory.times = sink.appendColumn([0, 1, .max], as: .time)
    }
    for (bytes, reason) in [
      (items, "a property's items do not add up"),
      (times, "a time lies outside the run's range"),
    ] {
      let file = try SegmentFile(FileBytes(bytes, name: "forged"))
      let error = #expect(throws: MartletError.self) {
        try SegmentFileMerge([file, file]).encode(arrivalNumber: 2)
      }
      #expect(error?.reason == reason && error?.file == "forged")
    }
  }

  private func expectCorrupt(
    _ sample: SegmentSample, _ change: (inout RunDirectory, inout BlockSink) -> Void
  ) throws {
    let error = read(try forgedRun(sample, change))
    #expect(error?.code == .corrupt && error?.file == "forged", "\(String(describing: error))")
  }

  /// A file whose first run has another directory.
  private func forgedRun(
    _ sample: SegmentSample, _ change: (inout RunDirectory, inout BlockSink) -> Void
  ) throws -> [UInt8] {
    let bytes = try sample.encoded()
    let file = try SegmentFile(FileBytes(bytes, name: "whole"))
    var run = try file.run(at: 0).directory
    var sink = BlockSink(compressionLevel: 1)
    _ = sink.append(bytes, as: .directories)
    change(&run, &sink)
    var writer = ByteWriter()
    run.write(to: &writer)
    var directory = file.directory
    directory.runs[0].directory = sink.appendCompressed(writer.bytes, as: .directories)
    return BlockFile.finish(sink, directory: encoded(directory)).joined()
  }

  @Test(arguments: [0, 1]) func aRunsDirectory(_ index: Int) throws {
    let bytes = try Self.sample().encoded(anyDayShareMax: .infinity)
    let file = try SegmentFile(FileBytes(bytes, name: "whole"))
    var writer = ByteWriter()
    try file.run(at: index).directory.write(to: &writer)
    expectNoTrap(writer.bytes) { forged in
      var sink = BlockSink(compressionLevel: 1)
      _ = sink.append(bytes, as: .directories)
      var directory = file.directory
      directory.runs[index].directory = sink.appendCompressed(forged, as: .directories)
      return BlockFile.finish(sink, directory: encoded(directory)).joined()
    }
  }
}
