import MartletModel
import Testing

@testable import MartletEngine

/// Each rule of `EventBatch`, broken in a batch that is right otherwise.
@Suite struct LogBatchCheckTests {
  private static func batch() throws -> EventBatch {
    try LogSample.record(
      [
        Event(
          user: "u", type: "A", at: Timestamp(milliseconds: 1),
          ["é": "é", "n": 1.5, "w": .number(Number(significand: 1, exponent: 30))],
          insertID: "ü"),
        Event(user: "u", type: "B", at: Timestamp(milliseconds: 2), ["l": ["x", 2], "b": true]),
      ], updates: [TraitUpdate(user: "u", at: .latest, ["n": .null])]
    ).batches[0].batch
  }

  @Test func theBatchIsValidAsItStands() throws {
    try Self.batch().check()
    try EventBatch().check()
  }

  @Test func anArenaNeedNotBeOneText() throws {
    var batch = try Self.batch()
    batch.bytes.append(0xFF)
    try batch.check()
    batch.insertIDs[0].count = UInt32(batch.bytes.count) - batch.insertIDs[0].offset
    #expect(throws: MartletError.self) { try batch.check() }
  }

  @Test func anEmptyTextMayStandAnywhere() throws {
    var batch = try Self.batch()
    let text = try #require(batch.cells.firstIndex { $0.kind == .text })
    // Within a character.
    batch.cells[text].payload = (batch.cells[text].payload >> 32 + 1) << 32
    try batch.check()
  }

  static let defects: [(name: String, change: @Sendable (inout EventBatch) -> Void)] = [
    ("types", { $0.types.removeLast() }),
    ("times", { $0.timestamps.removeLast() }),
    ("insert ids", { $0.insertIDs.removeLast() }),
    ("cell ends", { $0.cellEnds.removeLast() }),
    ("cells", { $0.cells.removeLast() }),
    ("cells", { $0.cells.append($0.cells[0]) }),
    ("descending", { $0.cellEnds[0] = UInt32($0.cells.count + 1) }),
    ("descending", { $0.cellEnds[1] = 0 }),
    ("type", { $0.types[0] = 2 }),
    ("early", { $0.timestamps[0] = .min }),
    ("late", { $0.timestamps[0] = .max }),
    ("empty insert id", { $0.insertIDs[0].count = 0 }),
    ("long insert id", { $0.insertIDs[0].count = 1025 }),
    ("insert id outside", { $0.insertIDs[0].offset = .max }),
    ("half an insert id", { $0.insertIDs[0].count = 1 }),
    ("half an insert id", { $0.insertIDs[0].offset += 1 }),
    ("no type twice", { $0.eventTypes[1] = "A" }),
    ("empty name", { $0.propertyNames[0] = "" }),
    ("long name", { $0.propertyNames[0] = Text(String(repeating: "n", count: 1025)) }),
    ("name", { $0.cells[0].name = 9 }),
    ("name twice", { $0.cells[1].name = $0.cells[0].name }),
    ("null in an event", { $0.cells[0].kind = .null }),
    ("scale", { change(&$0, .number) { $0.scale = 19 } }),
    ("zero at the end", { change(&$0, .number) { $0.payload = 20 } }),
    ("wide number outside", { change(&$0, .wideNumber) { $0.payload = 1 } }),
    ("wide number outside", { change(&$0, .wideNumber) { $0.payload = -1 } }),
    ("text outside", { change(&$0, .text) { $0.payload |= 0xFFFF } }),
    ("text outside", { change(&$0, .text) { $0.payload = -1 } }),
    ("half a text", { change(&$0, .text) { $0.payload -= 1 } }),
    ("boolean", { change(&$0, .boolean) { $0.payload = 2 } }),
    ("list outside", { change(&$0, .list) { $0.payload += 1 } }),
    ("list outside", { change(&$0, .list) { $0.payload = -1 } }),
    ("item", { $0.items[0].kind = .list }),
    ("item", { $0.items[0].kind = .null }),
    ("item", { $0.items[0].payload = -1 }),
    ("narrow", { $0.wideNumbers[0] = 5 }),
    ("exponent", { $0.wideNumbers[0] = Number(significand: 1, exponent: 401) }),
    ("digits", { $0.wideNumbers[0] = Number(significand: .max, exponent: 0) }),
    (
      "names",
      { batch in
        batch.propertyNames += (0..<Limits.propertyNames).map { Text("x\($0)") }
      }
    ),
  ]

  private static func change(
    _ batch: inout EventBatch, _ kind: EventBatch.CellKind,
    _ body: (inout EventBatch.Cell) -> Void
  ) {
    for index in batch.cells.indices where batch.cells[index].kind == kind {
      body(&batch.cells[index])
    }
  }

  @Test(arguments: defects.indices)
  func eachDefectIsFound(_ index: Int) throws {
    let defect = Self.defects[index]
    for arenaIsText in [true, false] {
      var batch = try Self.batch()
      if !arenaIsText { batch.bytes.append(0xFF) }
      defect.change(&batch)
      let error = #expect(throws: MartletError.self, "\(defect.name)") { try batch.check() }
      #expect(error?.code == .badData || error?.code == .limit, "\(defect.name)")
    }
  }
}
