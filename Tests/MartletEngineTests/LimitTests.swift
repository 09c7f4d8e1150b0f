import MartletEngine
import MartletModel
import MartletTestSupport
import Testing

/// A batch beyond a limit is refused, and the store is as before.
@Suite struct LimitTests {
  private func batch() throws -> EventBatch {
    try StoreScript.batch([
      .event(Event(user: "u1", type: "A", at: Timestamp(milliseconds: 1)))
    ])
  }

  private func expectRefused(_ batch: EventBatch) throws {
    let system = SimulatedFileSystem()
    let engine = try Engine(writing: system)
    try engine.append("u0", at: 1)
    let error = #expect(throws: MartletError.self) { try engine.append(batch) }
    #expect(error?.code == .limit && error?.remedy != nil)
    try engine.append("u2", at: 2)
    try engine.commit()
    #expect(try engine.content().ids == ["u0", "u2"])
    #expect(try Engine(reading: system).content().rows.count == 2)
  }

  @Test func tooManyPropertyNames() throws {
    var batch = try batch()
    batch.propertyNames = (0...Limits.propertyNames).map { Text("p\($0)") }
    try expectRefused(batch)
  }

  @Test func tooManyEventTypes() throws {
    var batch = try batch()
    batch.eventTypes = (0...Limits.eventTypes).map { Text("t\($0)") }
    try expectRefused(batch)
  }

  @Test func asManyPropertyNamesAsTheLimit() throws {
    let engine = try Engine(writing: SimulatedFileSystem())
    var batch = try batch()
    batch.propertyNames = (0..<Limits.propertyNames).map { Text("p\($0)") }
    _ = try engine.append(batch)
    try engine.commit()
    #expect(try engine.snapshot().propertyNames.count == Limits.propertyNames)
  }

  /// Beyond the limit commits are refused and compaction is not, which then makes room.
  @Test func tooManySegmentFiles() throws {
    let (system, limit) = (SimulatedFileSystem(), 4)
    var engine = try Engine(writing: system, fileCountMax: limit)
    for number in 1..<Int64(limit) {
      try engine.append(Text("u\(number)"), at: number)
      try engine.flush()
    }
    try engine.append("v", at: 10)
    for commit in [engine.commit, engine.flush] {
      let error = #expect(throws: MartletError.self) { try commit() }
      #expect(error?.code == .limit)
      #expect(
        error?.reason == "the store has 3 segment files; the limit is 4, and compaction needs one")
      #expect(error?.remedy?.hasPrefix("compact it") == true)
    }
    #expect(throws: MartletError.self) { try engine.forget(["u1"]) }
    #expect(throws: MartletError.self) { try engine.expire(before: Timestamp(milliseconds: 2)) }
    let summary = try engine.compact()
    #expect(summary.fileCountBefore == limit && summary.fileCountAfter == 1)
    #expect(try engine.content().ids == ["u1", "u2", "u3", "v"])

    // A log that was written before is read all the same.
    try engine.flush()
    for number in 1..<Int64(limit - 1) {
      try engine.append(Text("w\(number)"), at: number)
      if number < 2 { try engine.flush() } else { try engine.commit() }
    }
    #expect(try engine.snapshot().manifest.segmentFiles.count == 2)
    engine.stop()
    engine = try Engine(writing: system, fileCountMax: 2)
    #expect(try engine.content().ids.count == 6)
    #expect(throws: MartletError.self) { try engine.flush() }
    #expect(try engine.compact().fileCountAfter == 1)
  }
}
