import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

@testable import MartletEngine

/// Merging segment files: what the store holds stays, what it costs is bounded.
@Suite struct CompactionTests {
  private static let day: Int64 = 86_400_000
  private static let start: Int64 = 20_000 * day

  private func configuration(_ byteCountMax: Int = 1 << 28) -> StoreConfiguration {
    var configuration = StoreConfiguration()
    configuration.compaction = .manual
    configuration.segmentFileByteCount = byteCountMax
    configuration.compressionLevel = 1
    return configuration
  }

  /// Events of some days, one a minute, users in turn.
  private func events(_ days: Range<Int64>, perDay: Int, text: Text = "x") -> [ArrivalRow] {
    days.flatMap { day in
      (0..<perDay).map { number in
        let time = Self.start + day * Self.day + Int64(number) * 60_000
        return .event(
          Event(
            user: Text("u\(number % 37)"), type: Text("T\(number % 3)"),
            at: Timestamp(milliseconds: time),
            ["n": .number(Number(Int64(number) * 7919 % 10_007)), "t": .text(text)],
            insertID: Text("\(day)-\(number)")))
      }
    }
  }

  /// Bytes of all segment files that were ever written to a simulated disk.
  private func segmentByteCount(_ engine: Engine) throws -> UInt64 {
    try engine.snapshot().manifest.segmentFiles.reduce(0) { $0 + $1.byteCount }
  }

  @Test func manyFlushesMakeFewFilesAndBoundedWrites() throws {
    let engine = try Engine(writing: SimulatedFileSystem(), configuration())
    var (sealed, rewritten): (UInt64, UInt64) = (0, 0)
    var fileCountMax = 0
    for number in 0..<160 as Range<Int64> {
      try engine.append(events(number..<number + 1, perDay: 20))
      try engine.flush()
      let manifest = try engine.snapshot().manifest
      sealed += manifest.segmentFiles.last?.byteCount ?? 0
      var before = Set(manifest.segmentFiles)
      while try engine.compactOnce() {
        let after = Set(try engine.snapshot().manifest.segmentFiles)
        rewritten += after.subtracting(before).reduce(0) { $0 + $1.byteCount }
        before = after
      }
      fileCountMax = max(fileCountMax, before.count)
    }
    #expect(fileCountMax <= 16, "\(fileCountMax) files")
    // Gathered once, then merged with others while these are not much larger.
    #expect(rewritten <= 5 * sealed, "\(rewritten) bytes rewritten for \(sealed)")
    #expect(try engine.content().rows.count == 160 * 20)
  }

  @Test(arguments: [20_000, 60_000]) func largePartitionsAreDividedByDays(_ limit: Int) throws {
    let system = SimulatedFileSystem()
    let engine = try Engine(writing: system, configuration(limit))
    for day in stride(from: 0, to: 60, by: 4) as StrideTo<Int64> {
      try engine.append(events(day..<day + 4, perDay: 300))
      try engine.flush()
    }
    let before = try engine.content()
    let summary = try engine.compact()
    #expect(summary.fileCountBefore == 15)
    let manifest = try engine.snapshot().manifest
    #expect(manifest.partitionedFileCount == manifest.segmentFiles.count)
    #expect(manifest.partitionStarts.allSatisfy { $0 % Self.day == 0 })
    #expect(manifest.segmentFiles.count == manifest.partitionStarts.count + 1)
    #expect(manifest.segmentFiles.count >= 2 && manifest.segmentFiles.count <= 20)
    for file in manifest.segmentFiles { #expect(file.byteCount <= 2 * UInt64(limit)) }
    try expectPartitioned(engine)
    #expect(try engine.content().difference(from: before) == nil)
    #expect(try Engine(reading: system).content() == before)
    // Nothing is left to do.
    let files = try engine.snapshot().manifest.fileNames
    let again = try engine.compact()
    #expect(again.fileCountBefore == again.fileCountAfter)
    #expect(again.byteCountBefore == again.byteCountAfter)
    #expect(try engine.snapshot().manifest.fileNames == files)
  }

  private func expectPartitioned(_ engine: Engine) throws {
    let snapshot = try engine.snapshot()
    let partitions = Partitions(starts: snapshot.manifest.partitionStarts)
    for file in snapshot.segmentFiles.prefix(snapshot.manifest.partitionedFileCount) {
      #expect(partitions.indices(of: file).count == 1)
    }
  }

  @Test func lateEventsLandInTheirPartition() throws {
    let engine = try Engine(writing: SimulatedFileSystem(), configuration(20_000))
    try engine.append(events(0..<60, perDay: 300))
    _ = try engine.compact()
    let old = try engine.snapshot().manifest
    #expect(old.partitionStarts.count >= 2)
    try engine.append("late", at: Self.start + 5, id: "l")
    try engine.append("newest", at: Self.start + 59 * Self.day + 5)
    try engine.commit()
    let before = try engine.content()
    _ = try engine.compact()
    let manifest = try engine.snapshot().manifest
    #expect(manifest.segmentFiles.count == old.segmentFiles.count)
    // Only the first and the last partition were written anew.
    #expect(
      Set(manifest.segmentFiles).intersection(old.segmentFiles).count == old.segmentFiles.count - 2)
    try expectPartitioned(engine)
    #expect(try engine.content().difference(from: before) == nil)
    #expect(try engine.append("late", at: 9, id: "l").duplicates == 1)
  }

  @Test func farOffTimesShareAFile() throws {
    let engine = try Engine(writing: SimulatedFileSystem(), configuration())
    try engine.append(events(0..<40, perDay: 100))
    let year = 365 * Self.day
    for number in 1...15 as ClosedRange<Int64> {
      try engine.append("far", at: Self.start - (number + 2) * year)
      try engine.append("far", at: Self.start + (number + 2) * year)
    }
    try engine.commit()
    let before = try engine.content()
    _ = try engine.compact()
    let snapshot = try engine.snapshot()
    #expect(snapshot.manifest.partitionStarts.count == 2)
    #expect(snapshot.segmentFiles.count == 3)
    // The files of the usual times keep their bitmaps by day.
    #expect(snapshot.segmentFiles.map(\.directory.anyDays.count).max() == 40)
    #expect(try engine.content().difference(from: before) == nil)
  }

  @Test func snapshotsOutliveTheirFiles() throws {
    let system = SimulatedFileSystem()
    let engine = try Engine(writing: system, configuration())
    for day in 0..<9 as Range<Int64> {
      try engine.append(events(day..<day + 1, perDay: 30))
      try engine.flush()
    }
    let (own, other) = (try engine.snapshot(), try Engine(reading: system).snapshot())
    let before = try StoreContent(own, universesBefore: [])
    _ = try engine.compact()
    #expect(try system.list(StoreScript.path).filter { $0.hasPrefix("segment-") }.count == 1)
    #expect(try StoreContent(own, universesBefore: []) == before)
    #expect(try StoreContent(other, universesBefore: []) == before)
  }

  @Test func histogramsCutWholeDays() {
    var counts: [Int: Int] = [:]
    for day in 100..<130 { counts[day] = 10 }
    let histogram = DayHistogram(counts)
    #expect(histogram.outlierBounds.isEmpty)
    let all = Int64.min..<Int64.max
    let cuts = histogram.cuts(of: all, rowCountMax: 100, dayCountMin: 1)
    #expect(cuts == [110, 120].map { DayHistogram.start(ofDay: $0) })
    let long = histogram.cuts(of: all, rowCountMax: 1, dayCountMin: 16)
    #expect(long == [DayHistogram.start(ofDay: 116)])
    counts[-5000] = 1
    counts[9000] = 2
    #expect(
      DayHistogram(counts).outlierBounds == [100, 130].map { DayHistogram.start(ofDay: $0) })
    counts[9000] = 200
    #expect(DayHistogram(counts).outlierBounds == [DayHistogram.start(ofDay: 100)])
  }
}
