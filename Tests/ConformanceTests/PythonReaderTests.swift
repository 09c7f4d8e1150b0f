import Foundation
import Martlet
import MartletSegmentFile
import Testing

/// A reader that was written from the specifications alone reads what the engine writes.
@Suite(.enabled(if: PythonReader.isAvailable, "needs python3 (3.9) and libzstd"))
struct PythonReaderTests {
  @Test func itReadsTheGoldenStore() throws {
    let events = try PythonReader.lines("events", FormatFolder.goldenStore)
    SameLines.expect(events, try FormatFolder.lines("golden/expected.ndjson"))
    let bitmaps = try PythonReader.lines("bitmaps", FormatFolder.goldenStore)
    SameLines.expect(bitmaps, try FormatFolder.lines("golden/expected-bitmaps.ndjson"))
    _ = try PythonReader.lines("check", FormatFolder.goldenStore)
  }

  @Test func itRefusesTheCorruptFiles() throws {
    // One process for all of them; each must leave a line that names it.
    let paths = CorruptFile.all.filter { !$0.isValid }.map {
      FormatFolder.path + "/corrupt/" + $0.name
    }
    let failure = try #require(throws: PythonReader.Failure.self) {
      try PythonReader.lines(["check"] + paths)
    }
    for path in paths {
      #expect(failure.description.contains("\(path): "), "\(path) is read")
    }
    for file in CorruptFile.all.filter(\.isValid) {
      _ = try PythonReader.lines("check", FormatFolder.path + "/corrupt/" + file.name)
    }
  }

  @Test func itReadsWhatTheEngineWritesNow() throws {
    let pageValueCount = SegmentFileFormat.pageValueCount
    let folder = try TemporaryFolder()
    let store = try EventStore(at: folder.path)
    var random = SplitMix(seed: 0x5EED)
    // The first file has runs of several pages; the others correct and repeat it.
    for (commit, count) in [11_000, 500, 500].enumerated() {
      for index in 0..<count { try append(commit, index, to: store, &random) }
      try store.commit()
    }
    _ = try PythonReader.lines("check", folder.path)
    let exported = try StoreLines.exported(store.snapshot()).map(SameLines.withSortedLists)
    let read = try PythonReader.lines("events", folder.path).map(SameLines.withSortedLists)
    #expect(exported.count > 11_000)
    #expect(exported.count { $0.contains(#""event":"View""#) } > pageValueCount + 1_000)
    SameLines.expect(read.sorted(), exported.sorted())
    SameLines.expect(StoreLines.events(read), StoreLines.events(exported))
  }

  @Test func itReadsLogsIdentitiesAndErasedUsers() throws {
    let folder = try TemporaryFolder()
    var configuration = StoreConfiguration()
    configuration.compaction = .manual
    let store = try EventStore(at: folder.path, configuration: configuration)
    var random = SplitMix(seed: 0x1D)
    func expectTheSame(_ step: String) throws {
      _ = try PythonReader.lines("check", folder.path)
      let exported = try StoreLines.exported(store.snapshot()).map(SameLines.withSortedLists)
      let read = try PythonReader.lines("events", folder.path).map(SameLines.withSortedLists)
      #expect(!exported.isEmpty, "\(step)")
      SameLines.expect(read.sorted(), exported.sorted())
    }
    for (commit, count) in [300, 200, 100].enumerated() {
      for index in 0..<count {
        try append(commit, index, to: store, &random, users: 0..<60)
      }
      try store.identify(Text("phone-\(commit)"), as: "user-1")
      try store.identify(Text("user-\(10 + commit)"), as: "user-2")
      try store.commit()
    }
    let stats = try store.snapshot().statistics()
    #expect(stats.segmentFiles == 0 && stats.logRows > 500)
    try expectTheSame("all rows in the log")
    #expect(try store.forget(["user-3", "user-11"]) == [])
    for index in 0..<100 { try append(3, index, to: store, &random, users: 20..<80) }
    try store.commit()
    try expectTheSame("forgotten users, a file and a log")
    try store.merge("user-4", into: "user-1")
    #expect(try store.compact().erasedUsers > 1)
    try expectTheSame("erased users")
    _ = try store.expire(before: Timestamp(milliseconds: 1_772_000_000_000 + 30 * 86_400_000))
    #expect(try store.admit(["user-3"]) == [])
    try store.append(Event(user: "user-3", type: "Back", at: .now))
    try store.commit()
    try store.close()
    try expectTheSame("expired events, an admitted user and a log that was closed")
  }

  /// A row of any shape: enough of a type for several pages, ties, replays, late rows.
  private func append(
    _ commit: Int, _ index: Int, to store: EventStore, _ random: inout SplitMix,
    users: Range<Int> = 0..<700
  ) throws {
    let user = Text("user-\(users.lowerBound + random.below(users.count))")
    let day = Int64(random.below(90)) * 86_400_000
    let time = Timestamp(
      milliseconds: 1_772_000_000_000 + day + Int64(random.below(4)) * 3_600_000)
    if random.below(10) == 0 {
      let plan: Value = random.below(4) == 0 ? .null : .text(Text("plan-\(random.below(5))"))
      try store.append(TraitUpdate(user: user, at: time, ["plan": plan, "nps": 7]))
      return
    }
    let types: [Text] = ["Buy", "Sign In", "Été"]
    let type = random.below(10) == 0 ? types[random.below(types.count)] : "View"
    var properties: [Text: Value] = ["number": number(&random)]
    if random.below(2) == 0 { properties["note"] = .text(Text("note \(commit)/\(index)")) }
    if random.below(2) == 0 { properties["page"] = .text(Text("/p/\(random.below(40))")) }
    if random.below(3) == 0 { properties["ok"] = .boolean(random.below(2) == 0) }
    if random.below(4) == 0 {
      properties["tags"] = .list(
        (0..<random.below(4)).map { _ in
          random.below(2) == 0 ? .text(Text("t\(random.below(9))")) : number(&random)
        })
    }
    let insertID = random.below(3) == 0 ? insertID(type, random.below(3_000)) : nil
    try store.append(
      Event(
        user: user, type: type, at: time, properties, insertID: insertID))
  }

  /// Of a length that varies, or hexadecimal digits of either case behind a prefix.
  private func insertID(_ type: Text, _ number: Int) -> Text {
    let digits = String(UInt64(number) &* 0x9E37_79B9_7F4A_7C15 | 1 << 63, radix: 16)
    return switch type {
    case "View": Text("id-\(number)")
    case "Buy": Text("buy-\(digits)")
    default: Text("\(digits.uppercased())/\(number & 1)")
    }
  }

  private func number(_ random: inout SplitMix) -> Value {
    let digits = Int128(random.below(1_000_000)) - 500_000
    switch random.below(20) {
    case 0: return .number(Number(significand: digits, exponent: 30 - random.below(80)))
    case 1: return .number(Number(significand: digits * 10_000_000_000_000_000, exponent: -3))
    case 2: return .number(Number(Int64(random.below(2)) * 2 - 1 + .max / 2))
    default: return .number(Number(significand: digits, exponent: -random.below(3)))
    }
  }
}

/// Steele, Lea and Flood's SplitMix64: the same rows in every run.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number from 0 up to but not including `limit`.
  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}
