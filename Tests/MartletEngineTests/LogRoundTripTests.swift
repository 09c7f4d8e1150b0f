import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import Testing

@testable import MartletEngine

@Suite struct LogRoundTripTests {
  @Test(arguments: 0..<40)
  func randomRecords(_ seed: UInt64) throws {
    let record = try LogSample.record(seed: seed, firstNewUser: UInt32(seed * 1000))
    let encoded = record.encoded()
    let decoded = try LogRecord(decoding: encoded)
    #expect(PlainRecord(decoded) == PlainRecord(record), "seed \(seed)")
    #expect(decoded.encoded() == encoded, "seed \(seed)")
    #expect(decoded.batches.allSatisfy { $0.batch.users.allSatisfy { $0.range.isEmpty } })
  }

  @Test func aFileOfRecords() throws {
    let file = try LogSample.file(
      (0..<5).flatMap { [.append(try LogSample.record(seed: $0)), .sync] })
    let read = try ReadLog(file.bytes)
    #expect(read.records == file.records && read.records.count == 5)
    #expect(read.tornByteCount == 0)
    #expect(read.position == LogPosition(offset: file.bytes.count, sequence: 6))
    #expect(read.syncedByteCount == file.frames[4].range.lowerBound)
  }

  @Test func recordsWithoutRows() throws {
    let empty = LogRecord(firstNewUser: 0)
    var users = LogRecord(firstNewUser: .max - 2)
    users.newUserIDs = (Array("ab".utf8), [1, 2])
    var edges = LogRecord(firstNewUser: 9)
    edges.edges = [IdentityEdge(user: 8, target: 0), IdentityEdge(user: 0, target: 8)]
    var duplicates = LogRecord(firstNewUser: 0)
    duplicates.duplicateCount = .max
    var rowless = LogRecord(firstNewUser: 0)
    rowless.batches = [LogBatch(batch: EventBatch(), users: [], sentUsers: [])]
    let records = [empty, users, edges, duplicates, rowless]
    let file = try LogSample.file(records.map { .append($0) })
    #expect(try ReadLog(file.bytes).records == records.map(PlainRecord.init))
  }

  @Test func aBatchOfDuplicatesOnly() throws {
    var record = try LogSample.record([Event(user: "u", type: "A", at: .earliest, ["p": 1])])
    record.batches[0].users = [.max]
    record.duplicateCount = 1
    let decoded = try LogRecord(decoding: record.encoded())
    #expect(decoded.batches[0].batch.count == 0 && decoded.batches[0].batch.cells.isEmpty)
    #expect(decoded.batches[0].batch.propertyNames == ["p"])
  }

  @Test func valuesAtTheirLimits() throws {
    let digits = Int128(99_999_999_999_999_999) * 1_000_000_000_000_000_000_000 + 7
    let values: [Value] = [
      .number(Number(.min)), .number(Number(.max)), 0, -1,
      .number(Number(significand: 1, exponent: -18)),
      .number(Number(significand: 1, exponent: -19)),
      .number(Number(significand: -digits, exponent: Limits.numberExponent)),
      .number(Number(significand: digits, exponent: -Limits.numberExponent)),
      .text(Text(String(repeating: "é", count: Limits.textByteCount / 2))), .text(""),
      .list([]), .list([.text(""), .number(Number(significand: 1, exponent: 30)), true, -5]),
      true, false,
    ]
    let id = Text(String(repeating: "i", count: Limits.insertIDByteCount))
    let events = values.enumerated().map { index, value in
      Event(
        user: "u", type: index % 2 == 0 ? "A" : "B",
        at: index % 2 == 0 ? .earliest : .latest, ["p": value, "q": 1], insertID: id)
    }
    let updates = [TraitUpdate(user: "u", at: .earliest, ["p": .null, "r": 0.5])]
    let record = try LogSample.record(events, updates: updates)
    let file = try LogSample.file([.append(record)])
    #expect(try ReadLog(file.bytes).records == [PlainRecord(record)])
    #expect(file.bytes.count < 10_000, "a text that repeats is compressed")
  }

  @Test func readingGoesOnWhereItStopped() throws {
    let file = try LogSample.smallFile()
    for (index, frame) in file.frames.enumerated() {
      let whole = Array(file.bytes[..<frame.range.upperBound])
      let first = try ReadLog(whole)
      #expect(first.position.offset == whole.count)
      let second = try ReadLog(file.bytes, from: first.position)
      #expect(first.records + second.records == file.records, "frame \(index)")
      let shorter = Array(whole.dropLast())
      let error = #expect(throws: MartletError.self) {
        try ReadLog(shorter, from: first.position)
      }
      #expect(error?.code == .corrupt && error?.file == "log")
    }
  }

  @Test func writingGoesOnWhereItStopped() throws {
    let system = SimulatedFileSystem()
    try system.createDirectory("/store")
    let records = try (0..<3).map { try LogSample.record(seed: $0) }
    var writer = try LogWriter(creating: LogSample.path, number: 7, in: system)
    try writer.append(records[0])
    try writer.sync()
    try writer.append(records[1])
    try writer.close()
    let end = try ReadLog(try system.read(LogSample.path))
    #expect(end.position == writer.position && end.syncedByteCount == writer.syncedByteCount)
    writer = try LogWriter(
      continuing: LogSample.path, number: 7, at: end.position,
      syncedByteCount: end.syncedByteCount, in: system)
    try writer.append(records[2])
    try writer.sync()
    try writer.mark()
    try writer.mark()
    let read = try ReadLog(try system.read(LogSample.path))
    #expect(read.records == records.map(PlainRecord.init))
    #expect(read.syncedByteCount == writer.syncedByteCount && read.position.sequence == 5)
  }

  @Test func nothingIsWrittenBehindATornTail() throws {
    let system = SimulatedFileSystem()
    try system.createDirectory("/store")
    let bytes = try LogSample.smallFile().bytes
    system.place(LogSample.path, bytes + [0])
    let end = try ReadLog(bytes + [0])
    #expect(end.tornByteCount == 1)
    let error = #expect(throws: MartletError.self) {
      try LogWriter(
        continuing: LogSample.path, number: 7, at: end.position, syncedByteCount: 0, in: system)
    }
    #expect(error?.code == .corrupt && error?.place == "byte \(bytes.count)")
  }

  @Test func aSyncIsSkippedWhereNothingIsNew() throws {
    let system = SimulatedFileSystem()
    try system.createDirectory("/store")
    let writer = try LogWriter(creating: LogSample.path, number: 7, in: system)
    #expect(writer.syncedByteCount == 0 && writer.byteCount == LogFormat.headerByteCount)
    try writer.mark()
    #expect(writer.byteCount == LogFormat.headerByteCount, "nothing to tell")
    try writer.sync()
    let calls = system.calls.count
    try writer.sync()
    #expect(system.calls.count == calls && writer.syncedByteCount == writer.byteCount)
  }

  @Test func eachRecordIsOneWrite() throws {
    let system = SimulatedFileSystem()
    try system.createDirectory("/store")
    let writer = try LogWriter(creating: LogSample.path, number: 7, in: system)
    let calls = system.calls.count
    try writer.append(try LogSample.record(seed: 3))
    #expect(system.calls.count == calls + 1)
  }
}
