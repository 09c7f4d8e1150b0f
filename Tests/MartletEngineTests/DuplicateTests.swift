import MartletEncoding
import MartletEngine
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import Testing

/// An insert id counts once for a user and an event type, whenever it is sent again.
@Suite struct DuplicateTests {
  @Test func replaysAreDroppedInEveryState() throws {
    let system = SimulatedFileSystem()
    var engine: Engine? = try Engine(writing: system)
    func duplicates(_ user: Text, _ type: Text, _ id: Text) throws -> Int? {
      try engine?.append(user, type, at: 7, id: id).duplicates
    }
    #expect(try duplicates("u0", "A", "x") == 0)
    #expect(try duplicates("u0", "A", "x") == 1, "in the same buffer")
    try engine?.commit()
    #expect(try duplicates("u0", "A", "x") == 1, "in the log")
    engine = nil
    engine = try Engine(writing: system)
    #expect(try duplicates("u0", "A", "x") == 1, "in the log, after reopening")
    try engine?.flush()
    #expect(try duplicates("u0", "A", "x") == 1, "in a committed file")
    try engine?.flush()
    engine = nil
    engine = try Engine(writing: system)
    #expect(try duplicates("u0", "A", "x") == 1, "after reopening")
    #expect(try duplicates("u0", "B", "x") == 0, "of another type")
    #expect(try duplicates("u1", "A", "x") == 0, "of another user")
    #expect(try duplicates("u0", "A", "X") == 0, "another id")
    #expect(try duplicates("u1", "A", "x") == 1)
    try engine?.commit()
    let snapshot = try engine?.snapshot()
    #expect(snapshot?.duplicateCount == 5)
    #expect(snapshot?.segmentFiles.count == 2)
  }

  @Test func replaysWithinOneBatchAreDropped() throws {
    let engine = try Engine(writing: SimulatedFileSystem())
    let event = Event(user: "u0", type: "A", at: Timestamp(milliseconds: 1), insertID: "x")
    let summary = try engine.append([.event(event), .event(event), .event(event)])
    #expect(summary.appended == 1 && summary.duplicates == 2)
  }

  /// Ids that are stored so that one can be read alone, others, and both in one page.
  @Test(arguments: [[true], [false], [true, false]])
  func replaysOfMergedUsersAreDropped(_ arePacked: [Bool]) throws {
    func event(_ user: Text, _ number: Int) -> ArrivalRow {
      let digits = String(UInt64(number) &* 0x9E37_79B9_7F4A_7C15 | 1 << 63, radix: 16)
      let id = arePacked[number % arePacked.count] ? Text("e-\(digits)") : Text("e-\(number)")
      let time = Timestamp(milliseconds: Int64(number))
      return .event(Event(user: user, type: "A", at: time, insertID: id))
    }
    let engine = try Engine(writing: SimulatedFileSystem())
    let visitors = (0..<300).map { event(Text("a\($0 % 30)"), $0) }
    let known = (300..<600).map { event(Text("u\($0 % 30)"), $0) }
    #expect(try engine.append(visitors + known).appended == 600)
    try engine.flush()
    let links = (0..<30).map { number in
      StoreScript.Link(kind: .alias, from: Text("a\(number)"), to: Text("u\(number % 7)"))
    }
    try engine.append([], links)
    try engine.flush()
    for _ in 0..<2 {
      let replay = try engine.append(known + visitors)
      #expect(replay.appended == 0 && replay.duplicates == 600)
      // The rows of visitors move to their users.
      _ = try engine.compact()
    }
    // The same ids as others sent them.
    let others = (0..<300).map { event(Text("u\($0 % 7)"), $0) }
    #expect(try engine.append(others).appended == 300)
    try engine.flush()
    #expect(try engine.append(visitors + known + others).duplicates == 900)
  }

  @Test func idsOfDroppedAppendsAreForgotten() throws {
    let system = SimulatedFileSystem()
    var engine: Engine? = try Engine(writing: system)
    try engine?.append("u0", at: 1, id: "x")
    engine = nil
    engine = try Engine(writing: system)
    #expect(try engine?.append("u0", at: 1, id: "x").duplicates == 0)
  }

  @Test func eventsWithoutAnIdAreNeverDuplicates() throws {
    let engine = try Engine(writing: SimulatedFileSystem())
    for _ in 0..<3 { #expect(try engine.append("u0", at: 1).duplicates == 0) }
    try engine.commit()
    #expect(try engine.content().rows.count == 3)
  }

  /// Ids of user 0 and type A whose fingerprints share their leading 40 bits, more than an index
  /// of few ids stores; found by search: 6 million numbers give some 16 pairs. The fingerprint is
  /// part of the format, so the pairs stay.
  static let collisions: [(Text, Text)] = [("1717723", "5411432"), ("1112714", "4580007")]

  @Test(arguments: [0, 1]) func equalFingerprintsAreNoDuplicates(_ pair: Int) throws {
    let (first, second) = Self.collisions[pair]
    func leadingBits(_ id: Text) -> UInt64 {
      InsertIDKey(user: 0, eventType: "A", insertID: Array(id.utf8).rawSpan).fingerprint >> 24
    }
    try #require(leadingBits(first) == leadingBits(second), "the hash has changed")
    for commitsBetween in [false, true] {
      let engine = try Engine(writing: SimulatedFileSystem())
      #expect(try engine.append("u0", at: 1, id: first).duplicates == 0)
      if commitsBetween { try engine.commit() }
      #expect(try engine.append("u0", at: 2, id: second).duplicates == 0)
      if commitsBetween { try engine.commit() }
      #expect(try engine.append("u0", at: 3, id: first).duplicates == 1)
      #expect(try engine.append("u0", at: 3, id: second).duplicates == 1)
      try engine.commit()
      #expect(try engine.content().rows.map(\.insertID) == [first, second])
    }
  }
}
