import MartletEncoding
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import Testing

@testable import MartletEngine

/// Records that a writer does not make: an error each, never a trap.
@Suite struct LogForgedTests {
  /// The bytes of a record, piece by piece; the defaults make a valid one of two rows.
  struct Forged {
    var firstNewUser: UInt64 = 5
    var newUserCount: UInt64 = 1
    var idLengths: [Int] = [2]
    var ids = Array("ab".utf8)
    var edges: [[UInt32]] = [[0], [5]]
    var batchCount: UInt64 = 1
    var eventTypes: [[UInt8]] = [Array("A".utf8), Array("B".utf8)]
    var propertyNames: [[UInt8]] = [Array("p".utf8), Array("q".utf8)]
    var rowCount: UInt64 = 2
    var users: [Int64] = [0, 5]
    var sentFlag: UInt8 = 0
    var sentUsers: [Int64] = []
    var types: [Int64] = [1, 2]
    var times: [Int64] = [0, -1]
    var insertIDLengths: [Int64] = [1, 0]
    var insertIDs = Array("i".utf8)
    var cellCounts: [Int64] = [2, 1]
    var names: [Int64] = [0, 1, 0]
    var values: [[UInt8]] = [Forged.values(tags: [1, 37], numbers: [15]), Forged.list()]
    var tail: [UInt8] = []

    static func values(
      tags: [UInt8], numbers: [Int64] = [], textLengths: [Int64] = [], texts: [UInt8] = [],
      wide: [(exponent: Int64, significand: Int128)] = [], listLengths: [Int64] = [],
      items: [UInt8] = []
    ) -> [UInt8] {
      var writer = ByteWriter()
      IntegerColumn.write(tags, to: &writer)
      IntegerColumn.write(numbers, to: &writer)
      IntegerColumn.write(textLengths, to: &writer)
      writer.writeBytes(texts)
      for number in wide {
        writer.writeZigZag(number.exponent)
        writer.writeUInt64(UInt64(truncatingIfNeeded: number.significand))
        writer.writeUInt64(UInt64(truncatingIfNeeded: number.significand >> 64))
      }
      IntegerColumn.write(listLengths, to: &writer)
      writer.writeBytes(items)
      return writer.bytes
    }

    /// One list of the items of those tags.
    static func list(_ tags: [UInt8] = [34, 35]) -> [UInt8] {
      values(tags: [36], listLengths: [Int64(tags.count)], items: values(tags: tags))
    }

    var bytes: [UInt8] {
      var writer = ByteWriter()
      writer.writeVarint(firstNewUser)
      writer.writeVarint(newUserCount)
      IntegerColumn.write(idLengths, to: &writer)
      writer.writeBytes(ids)
      writer.writeVarint(UInt64(edges[0].count))
      for column in edges { IntegerColumn.write(column, to: &writer) }
      writer.writeVarint(3)
      writer.writeVarint(batchCount)
      for names in [eventTypes, propertyNames] {
        writer.writeVarint(UInt64(names.count))
        for name in names {
          writer.writeVarint(UInt64(name.count))
          writer.writeBytes(name)
        }
      }
      writer.writeVarint(rowCount)
      IntegerColumn.write(users, to: &writer)
      writer.writeUInt8(sentFlag)
      for column in [sentUsers, types, times, insertIDLengths] {
        IntegerColumn.write(column, to: &writer)
      }
      writer.writeBytes(insertIDs)
      IntegerColumn.write(cellCounts, to: &writer)
      IntegerColumn.write(names, to: &writer)
      for column in values { writer.writeBytes(column) }
      writer.writeBytes(tail)
      return writer.bytes
    }
  }

  @Test func theForgedRecordIsValidAsItStands() throws {
    let record = try LogRecord(decoding: Forged().bytes)
    #expect(record.encoded() == Forged().bytes)
    let plain = PlainRecord(record)
    #expect(plain.newUserIDs == [Array("ab".utf8)])
    #expect(plain.edges == [IdentityEdge(user: 0, target: 5)])
    #expect(
      plain.batches[0].rows[0].values == [
        .number(15, scale: 1), .list([.boolean(false), .boolean(true)]),
      ])
    #expect(plain.batches[0].rows[1].type == EventBatch.traitUpdate)
  }

  private func expectRefused(
    _ reason: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ change: (inout Forged) -> Void
  ) {
    var forged = Forged()
    change(&forged)
    let error = #expect(throws: MartletError.self, sourceLocation: sourceLocation) {
      try LogRecord(decoding: forged.bytes)
    }
    let isNamed = error?.reason.contains(reason) == true
    #expect(isNamed, "\(String(describing: error))", sourceLocation: sourceLocation)
  }

  @Test func usersAndEdges() {
    expectRefused("at most 4294967295") { $0.firstNewUser = 1 << 32 }
    expectRefused("at most 0") { $0.firstNewUser = UInt64(UInt32.max) }
    expectRefused("at most 1048576") { $0.newUserCount = 1 << 21 }
    expectRefused("user id lengths holds a value outside 1...1024") { $0.idLengths = [0] }
    expectRefused("outside 1...1024") { $0.idLengths = [1025] }
    expectRefused("a user id is not valid UTF-8") { $0.ids = [0xC3, 0x28] }
    expectRefused("a user id is not valid UTF-8") {
      ($0.newUserCount, $0.idLengths, $0.ids) = (2, [1, 1], Array("é".utf8))
    }
    expectRefused("users holds a value outside 0...5") { $0.edges = [[0], [6]] }
    expectRefused("users holds a value outside 0...5") { $0.users = [0, 6] }
    expectRefused("users holds a value outside 0...5") { $0.users = [-1, 5] }
    expectRefused("outside 0...5") { ($0.sentFlag, $0.sentUsers) = (1, [0, 6]) }
    expectRefused("a flag is 2") { $0.sentFlag = 2 }
    expectRefused("no users") {
      ($0.firstNewUser, $0.newUserCount, $0.idLengths, $0.ids) = (0, 0, [], [])
      ($0.edges, $0.users) = ([[], []], [0, 0])
    }
  }

  @Test func rowsAndNames() {
    expectRefused("at most 1048576") { $0.batchCount = 1 << 21 }
    expectRefused("at most 1048576") { $0.rowCount = 1 << 21 }
    expectRefused("not valid UTF-8") { $0.eventTypes[0] = [0xFF] }
    expectRefused("is listed twice") { $0.eventTypes[1] = $0.eventTypes[0] }
    expectRefused("is listed twice") { $0.propertyNames[1] = $0.propertyNames[0] }
    expectRefused("has 0 bytes") { $0.eventTypes[0] = [] }
    expectRefused("has 1025 bytes") {
      $0.propertyNames[0] = [UInt8](repeating: 65, count: 1025)
    }
    expectRefused("event types holds a value outside 0...2") { $0.types = [3, 0] }
    expectRefused("times holds a value outside") { $0.times = [.max, 0] }
    expectRefused("times holds a value outside") { $0.times = [.min, 0] }
    expectRefused("insert id is wrong") {
      ($0.insertIDLengths, $0.insertIDs) = ([1025, 0], [UInt8](repeating: 65, count: 1025))
    }
    expectRefused("insert id is wrong") { $0.insertIDs = [0xFF] }
    expectRefused("bytes follow the record's end") { $0.tail = [0] }
  }

  @Test func countsBeyondTheLimitsOfARecord() {
    let rows = Int64(LogFormat.rowCountMax)
    // Columns without a byte a value: 2^20 rows of 9 cells each are more than 2^23.
    var writer = ByteWriter()
    func constant(_ value: Int64) {
      writer.writeZigZag(value)
      writer.writeUInt8(0)
    }
    for value: UInt64 in [1, 0, 0, 0, 1, 1] { writer.writeVarint(value) }
    writer.writeText("A")
    writer.writeVarint(9)
    for name in 0..<9 { writer.writeText(Text("p\(name)")) }
    writer.writeVarint(UInt64(rows))
    constant(0)
    writer.writeUInt8(0)
    for value: Int64 in [0, 0, 0, 9] { constant(value) }
    let error = #expect(throws: MartletError.self) { try LogRecord(decoding: writer.bytes) }
    #expect(error?.reason.contains("more than 8388608 cells") == true)
    expectRefused("more than 8388608 cells and items") {
      $0.values[1] = Forged.values(tags: [36], listLengths: [1 << 23])
    }
    expectRefused("list lengths holds a value outside") {
      $0.values[1] = Forged.values(tags: [36], listLengths: [1 << 24])
    }
    expectRefused("list lengths holds a value outside") {
      $0.values[1] = Forged.values(tags: [36], listLengths: [-1])
    }
  }

  @Test func cells() {
    expectRefused("cell counts holds a value outside 0...2") { $0.cellCounts = [3, 0] }
    expectRefused("names holds a value outside 0...1") { $0.names = [0, 2, 0] }
    expectRefused("two values of one name") { $0.names = [0, 0, 1] }
    expectRefused("no value has the tag 19") { $0.values[0] = Forged.values(tags: [19, 37]) }
    expectRefused("values holds a value outside 0...255") {
      var writer = ByteWriter()
      IntegerColumn.write([1, 256], to: &writer)
      $0.values[0] = writer.bytes
    }
    expectRefused("no value in a list has the tag 36") { $0.values[1] = Forged.list([36]) }
    expectRefused("no value in a list has the tag 37") { $0.values[1] = Forged.list([37]) }
    expectRefused("the value of p is malformed") {
      $0.values[0] = Forged.values(tags: [37, 34])
    }
    expectRefused("the value of p is malformed") {
      $0.values[0] = Forged.values(tags: [2, 37], numbers: [150])
    }
    expectRefused("item 0 of the lists is malformed") {
      $0.values[1] = Forged.values(
        tags: [36], listLengths: [1], items: Forged.values(tags: [1], numbers: [0]))
    }
    expectRefused("the value of p is malformed") {
      $0.values[0] = Forged.values(tags: [33, 37], textLengths: [1], texts: [0x80])
    }
    expectRefused("text lengths holds a value outside 0...1048576") {
      $0.values[0] = Forged.values(tags: [33, 37], textLengths: [1 << 21])
    }
    expectRefused("bytes are needed") {
      $0.values[0] = Forged.values(tags: [33, 37], textLengths: [1 << 20])
    }
  }

  @Test func textsThatAreOnlyTextTogether() {
    // Two halves of one character.
    expectRefused("the value of p is malformed") {
      $0.types = [2, 2]
      $0.values[0] = Forged.values(
        tags: [33, 33], textLengths: [1, 1], texts: Array("é".utf8))
    }
  }

  @Test func wideNumbers() {
    func expect(_ reason: String, _ exponent: Int64, _ significand: Int128) {
      expectRefused(reason) {
        $0.values[0] = Forged.values(tags: [32, 37], wide: [(exponent, significand)])
      }
    }
    expect("a number has the exponent 401", 401, 1)
    expect("a number has the exponent -401", -401, 1)
    expect("not in its shortest form", -20, 10)
    expect("is no wide number", 0, 5)
    expect("is no wide number", -18, 5)
    expect("is no wide number", 0, .max)
    expect("is no wide number", 0, .min)
    expect("is no wide number", 1, Int128.max - 2)
  }

  @Test func columns() {
    var writer = ByteWriter()
    writer.writeZigZag(1)
    writer.writeUInt8(9)
    expectRefused("has 9 bytes a value") { $0.values[0] = writer.bytes }
  }

  /// Whatever the bytes: an error, or a record that keeps every rule.
  @Test(arguments: 0..<10)
  func mutatedRecords(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let samples =
      try [Forged().bytes, LogRecord(firstNewUser: 0).encoded()]
      + (0..<3).map { try LogSample.record(seed: seed * 3 + $0, rowCount: 4).encoded() }
    var accepted = 0
    for round in 0..<10_000 {
      var bytes = random.pick(samples)
      for _ in 0..<random.integer(1...4) { Self.mutate(&bytes, &random) }
      do throws(MartletError) {
        let record = try LogRecord(decoding: bytes)
        let again = try LogRecord(decoding: record.encoded())
        if PlainRecord(again) != PlainRecord(record) {
          Issue.record("seed \(seed), round \(round): it reads back differently")
        }
        accepted += 1
      } catch {
        let expected: [MartletError.Code] = [.corrupt, .badData, .limit]
        if !expected.contains(error.code) {
          Issue.record("seed \(seed), round \(round): \(error)")
        }
      }
    }
    #expect(accepted > 0)
  }

  /// Whole files with errors that no checksum finds, since it was made for them.
  @Test func aFrameOfNoRecordIsDamageEvenAtTheEnd() throws {
    let header = try LogSample.file([]).bytes
    for payload: [UInt8] in [
      [], [9], [0, 1], [0, 2, 1, 1], [1, 5, 1, 2, 3], [0, 5, 0, 0, 0, 0, 1],
    ] {
      let frame = LogFrame(.record, payload: payload, sequence: 1, syncedByteCount: 0)
      let bytes = header + frame.encoded(logNumber: 7, at: 24) + payload
      let error = #expect(throws: MartletError.self) { try ReadLog(bytes) }
      #expect(error?.code == .corrupt && error?.file == "log")
      #expect(error?.place?.hasPrefix("frame at byte 24") == true)
      #expect(error?.remedy != nil)
    }
  }

  /// A frame header with a right checksum that no writer writes is none.
  @Test func framesThatCannotBe() throws {
    let header = try LogSample.file([]).bytes
    var frames = [
      LogFrame(.mark, payload: [1], sequence: 1, syncedByteCount: 0),
      LogFrame(.mark, payload: [], sequence: 1, syncedByteCount: 25),
      LogFrame(.record, payload: [], sequence: 1, syncedByteCount: 0),
    ]
    frames[2].payloadByteCount = LogFormat.payloadByteCountMax + 1
    for frame in frames {
      let read = try ReadLog(header + frame.encoded(logNumber: 7, at: 24) + [1])
      #expect(read.tornByteCount == 37 && read.records.isEmpty)
    }
  }

  private static func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    guard !bytes.isEmpty else { return bytes.append(UInt8(random.integer(0...255))) }
    let place = random.integer(0...bytes.count - 1)
    switch random.integer(0...5) {
    case 0: bytes[place] ^= 1 << UInt8(random.integer(0...7))
    case 1: bytes[place] = random.pick([0, 1, 0x7F, 0x80, 0xFF, 32, 33, 36, 37])
    case 2: bytes.remove(at: place)
    case 3: bytes.insert(UInt8(random.integer(0...255)), at: place)
    case 4: bytes.removeLast(random.integer(1...bytes.count))
    default:
      let end = min(bytes.count, place + random.integer(1...8))
      bytes.insert(contentsOf: bytes[place..<end], at: random.integer(0...bytes.count))
    }
  }
}
