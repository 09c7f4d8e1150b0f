import MartletEngine
import MartletTestSupport
import Testing

@testable import Martlet

/// What a store does after `close`.
struct ClosingTests {
  private static func event(_ user: Text, at time: Int64) -> Event {
    Event(user: user, type: "X", at: Timestamp(milliseconds: time))
  }

  @Test func aClosedStoreGivesItsLockBackAndWritesNoMore() throws {
    let temporary = try TemporaryStore()
    try temporary.store.append(Self.event("a", at: 1))
    try temporary.store.commit()
    let error = #expect(throws: MartletError.self) { try EventStore(at: temporary.path) }
    #expect(error?.code == .locked)
    try temporary.store.close()

    // The closed one is still there.
    let next = try EventStore(at: temporary.path)
    try next.append(Self.event("b", at: 2))
    try next.commit()
    func expectClosed(_ work: () throws -> Void) {
      let error = #expect(throws: MartletError.self) { try work() }
      #expect(error?.code == .poisoned && error?.reason.contains("closed") == true)
    }
    expectClosed {
      try temporary.store.append(Self.event("c", at: 3))
      try temporary.store.commit()
    }
    expectClosed { try temporary.store.flush() }
    expectClosed { _ = try temporary.store.engine.compact() }
    expectClosed { _ = try temporary.store.engine.forget(["a"]) }
    try temporary.store.close()
    #expect(try next.snapshot().count("did X", QuestionOptions()).count == 2)
    try next.close()
    #expect(try EventStore.verify(at: temporary.path).isClean)
  }

  /// Also one that works on its files.
  @Test func aStoreCanBeOpenedAgainAtOnce() throws {
    var configuration = StoreConfiguration()
    configuration.logByteCount = 200
    let temporary = try TemporaryStore(configuration: configuration)
    try temporary.store.close()
    var closed: [EventStore] = []
    for round in 0..<20 as Range<Int64> {
      let store = try EventStore(at: temporary.path, configuration: configuration)
      for time in 0..<20 as Range<Int64> {
        try store.append(Self.event("u", at: round * 20 + time))
        try store.commit()
      }
      try store.close()
      closed.append(store)
    }
    let last = try EventStore(at: temporary.path, access: .readOnly)
    #expect(try last.snapshot().count("count(X) = 400", QuestionOptions()).count == 1)
    #expect(try EventStore.verify(at: temporary.path).isClean)
  }
}
