import MartletGenerator
import MartletModel
import Testing

@Suite("Writers")
struct WriterTests {
  /// One event with a cell of each kind, awkward texts and a trait update.
  private func batch(withTraits: Bool) -> EventBatch {
    var batch = EventBatch()
    func text(_ string: String) -> EventBatch.Slice {
      let offset = UInt32(batch.bytes.count)
      batch.bytes.append(contentsOf: string.utf8)
      return EventBatch.Slice(offset: offset, count: UInt32(string.utf8.count))
    }
    func payload(_ slice: EventBatch.Slice) -> Int64 {
      Int64(slice.offset) << 32 | Int64(slice.count)
    }
    batch.eventTypes = ["Say \"hi\", é"]
    batch.propertyNames = ["a", "b,c", "d", "e", "f"]
    batch.users = [text("u\n\t\u{1}\\")]
    batch.types = [0]
    batch.timestamps = [-1]
    batch.insertIDs = [text("id,1")]
    batch.wideNumbers = [Number(significand: 12, exponent: 30)]
    batch.cells = [
      EventBatch.Cell(name: 0, kind: .number, scale: 2, payload: -5),
      EventBatch.Cell(name: 1, kind: .text, payload: payload(text("x\ry"))),
      EventBatch.Cell(name: 2, kind: .boolean, payload: 1),
      EventBatch.Cell(name: 4, kind: .wideNumber, payload: 0),
    ]
    batch.cellEnds = [4]
    guard withTraits else { return batch }
    batch.items = [
      EventBatch.Cell(name: 0, kind: .number, payload: .min),
      EventBatch.Cell(name: 0, kind: .text, payload: payload(text(""))),
    ]
    batch.users.append(text("v"))
    batch.types.append(EventBatch.traitUpdate)
    batch.timestamps.append(1_772_355_911_120)
    batch.insertIDs.append(.none)
    batch.cells += [
      EventBatch.Cell(name: 3, kind: .list, payload: 2),
      EventBatch.Cell(name: 0, kind: .null, payload: 0),
    ]
    batch.cellEnds.append(6)
    return batch
  }

  @Test("NDJSON of every kind of cell")
  func ndjson() {
    var writer = NDJSONWriter()
    var output: [UInt8] = []
    writer.write(batch(withTraits: true), into: &output)
    let expected = #"""
      {"user_id":"u\n\t\u0001\\","event":"Say \"hi\", é","timestamp":"1969-12-31T23:59:59.999Z",\#
      "insert_id":"id,1","properties":{"a":-0.05,"b,c":"x\ry","d":true,"f":12e30}}
      {"type":"identify","user_id":"v","timestamp":"2026-03-01T09:05:11.120Z",\#
      "traits":{"e":[-9223372036854775808,""],"a":null}}

      """#
    #expect(String(decoding: output, as: UTF8.self) == expected)
  }

  @Test("CSV quotes what RFC 4180 asks to quote, and leaves missing cells empty")
  func csv() throws {
    var writer = CSVWriter(properties: ["f", "e", "b,c", "a", "d"], insertIDs: true)
    var output: [UInt8] = []
    try writer.write(batch(withTraits: false), into: &output)
    let expected =
      "user_id,event,timestamp,insert_id,f,e,\"b,c\",a,d\n"
      + "\"u\n\t\u{1}\\\",\"Say \"\"hi\"\", é\",1969-12-31T23:59:59.999Z,\"id,1\","
      + "12e30,,\"x\ry\",-0.05,true\n"
    #expect(String(decoding: output, as: UTF8.self) == expected)
  }

  @Test("CSV refuses what it cannot hold")
  func refusals() {
    func write(_ batch: EventBatch, properties: [Text], insertIDs: Bool) throws {
      var writer = CSVWriter(properties: properties, insertIDs: insertIDs)
      var output: [UInt8] = []
      try writer.write(batch, into: &output)
    }
    let names: [Text] = ["a", "b,c", "d", "e", "f"]
    #expect(throws: MartletError.self) {
      try write(batch(withTraits: true), properties: names, insertIDs: true)
    }
    #expect(throws: MartletError.self) {
      try write(batch(withTraits: false), properties: names, insertIDs: false)
    }
    #expect(throws: MartletError.self) {
      try write(batch(withTraits: false), properties: ["a"], insertIDs: true)
    }
  }

  @Test("A CSV of the generator has a field for each column", arguments: [true, false])
  func generatedCSV(insertIDs: Bool) throws {
    var options = Generated.options(.realistic)
    (options.traits, options.lists, options.insertIDs) = (false, false, insertIDs)
    let generator = try EventGenerator(options)
    var writer = CSVWriter(properties: generator.propertyNames, insertIDs: insertIDs)
    var output: [UInt8] = []
    try generator.generate { (batch: EventBatch) throws(MartletError) in
      try writer.write(batch, into: &output)
    }
    let lines = Generated.lines(output)
    #expect(lines.count == 17_002)
    let commas = generator.propertyNames.count + (insertIDs ? 3 : 2)
    // No generated text has a comma.
    #expect(
      lines.dropLast().allSatisfy { line in line.count { $0 == UInt8(ascii: ",") } == commas })
  }
}

@Suite("File names")
struct EventFileFormatTests {
  @Test("Extensions tell layout and compression")
  func names() throws {
    for (path, layout, compression) in [
      ("a.ndjson", EventFileFormat.Layout.ndjson, "plain"), ("a.jsonl.gz", .ndjson, "gzip"),
      ("x/a.b.csv.zst", .csv, "zstd"), ("a.json.lz4", .ndjson, "lz4"), ("a.csv", .csv, "plain"),
    ] {
      let format = try EventFileFormat(path: path)
      #expect(format.layout == layout)
      #expect("\(format.compression)" == compression)
    }
    for path in ["a", "a.gz", "a.parquet", "csv", "a.csv.bz2"] {
      #expect(throws: MartletError.self) { try EventFileFormat(path: path) }
    }
  }
}
