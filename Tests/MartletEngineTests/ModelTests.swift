import MartletEngine
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

/// A store beside a plain list of rows: random appends, commits and reopenings.
@Suite struct ModelTests {
  @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
  func aStoreHoldsWhatAListHolds(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let system = SimulatedFileSystem()
    var configuration = StoreScript.quiet
    configuration.bufferByteCount = random.pick([1 << 28, 6000, 1])
    configuration.compressionLevel = 1
    configuration.logByteCount = random.pick([4 << 20, 2000, 0])
    var events = RandomEvents(userCount: 30, rowCount: 260)
    events.replayShare = 0.2
    let rows = events.rows(seed: seed)
    let times = rows.map(\.timestamp.milliseconds).sorted()
    let instants =
      [times[0], times[0] + 1, times[times.count / 2], times[times.count - 1] + 1, .max]
    var engine: Engine? = try Engine(writing: system, configuration)
    var (committed, pending) = (StoreModel(), StoreModel())
    func check(_ what: String) throws {
      let content = try engine?.content(universesBefore: instants)
      let expected = StoreContent(committed, universesBefore: instants)
      #expect(content == expected, "seed \(seed), \(what), \(pending.rows.count) rows appended")
    }
    var rest = rows[...]
    while !rest.isEmpty {
      let batch = rest.prefix(random.integer(1...25))
      rest.removeFirst(batch.count)
      let before = pending
      for row in batch { pending.append(row) }
      let summary = try engine?.append(Array(batch))
      #expect(summary?.appended == pending.rows.count - before.rows.count)
      #expect(
        summary?.duplicates == Int(pending.duplicateCount - before.duplicateCount),
        "seed \(seed)")
      switch random.integer(0...5) {
      case 0...2:
        if random.chance(0.3) { try engine?.flush() } else { try engine?.commit() }
        committed = pending
        if random.chance(0.4) { try check("committed") }
      case 3:
        // What was not committed goes with the writer.
        engine = nil
        engine = try Engine(writing: system, configuration)
        pending = committed
        try check("reopened")
      default: break
      }
    }
    try engine?.commit()
    committed = pending
    try check("at the end")
    engine = nil
    engine = try Engine(reading: system)
    try check("read by another")
  }

  @Test func firstSeenTimesFollowLateEventsAcrossFiles() throws {
    let system = SimulatedFileSystem()
    var engine = try Engine(writing: system)
    func universe(before instant: Int64) throws -> [UInt32] {
      Array(try engine.snapshot().universe(before: Timestamp(milliseconds: instant)))
    }
    try engine.append("u0", at: 1000)
    try engine.append("u1", at: 2000)
    try engine.commit()
    #expect(try universe(before: 1000) == [])
    #expect(try universe(before: 2000) == [0])
    try engine.append("u1", at: 500)
    #expect(try universe(before: 501) == [], "an append is not visible before its commit")
    try engine.commit()
    #expect(try universe(before: 500) == [])
    #expect(try universe(before: 501) == [1])
    engine = try Engine(reading: system)
    #expect(try universe(before: 500) == [])
    #expect(try universe(before: 501) == [1])
  }

  @Test func lateEventsOfReopenedStoresAreRecordedOnce() throws {
    let system = SimulatedFileSystem()
    for time in [3000, 2000, 2500, 1000] as [Int64] {
      let engine = try Engine(writing: system)
      try engine.append("u0", at: time)
      try engine.flush()
    }
    let snapshot = try Engine(reading: system).snapshot()
    let corrections = try snapshot.segmentFiles.map {
      try $0.firstSeenCorrections().map(\.time)
    }
    #expect(corrections == [[], [2000], [], [1000]])
    #expect(try snapshot.universe(before: Timestamp(milliseconds: 1001)).count == 1)
    #expect(try snapshot.universe(before: Timestamp(milliseconds: 1000)).isEmpty)
  }

  @Test func anEmptyCommitWritesNothing() throws {
    let system = SimulatedFileSystem()
    let engine = try Engine(writing: system)
    system.arm(nil)
    try engine.commit()
    #expect(system.calls.isEmpty)
    try engine.append("u0", at: 1)
    #expect(try engine.snapshot().segmentFiles.isEmpty)
    try engine.commit()
    try engine.flush()
    let generation = try engine.snapshot().manifest.generation
    try engine.commit()
    try engine.flush()
    #expect(try engine.snapshot().manifest.generation == generation)
  }
}
