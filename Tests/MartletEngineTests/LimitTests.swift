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
}
