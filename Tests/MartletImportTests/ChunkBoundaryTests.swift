import MartletModel
import Testing

@testable import MartletImport

/// Where the input is cut, and on how many threads it is decoded, must not show.
@Suite struct ChunkBoundaryTests {
  static let ndjson = """
    \u{FEFF}{"user_id":"u1","event":"A","timestamp":"2026-03-01T09:05:11Z","properties":{"x":[1,"é"]}}\r

    {"user_id":"u2","event":"B","timestamp":1,"properties":{"y":"a\\"b","z":{"k":1.5}}}
    {"user_id":"u3"}
    not json
    {"type":"identify","user_id":"u1","timestamp":2,"traits":{"plan":"x"}}

    {"user_id":"u3","event":"A","timestamp":3,"properties":{"x":[{"q":1},{"q":2}]}}
    """

  static let csv =
    "user_id,event,timestamp,note\r\nu1,A,1,\"x \"\"y\"\", z\"\r\n\r\nu2,B,2,\"two\r\n\nlines\"\r\n"
    + "u3,C,3\nu4,\"D\"\"\",4,5\" pipe\nu5,E,5,\"bad\"quote\nu6,F,6,\"\"\nu7,G,7,\"open\nu8,H,8,é"

  @Test(arguments: [
    (ndjson, "x.ndjson", 4, 2), (ndjson + "\n", "x.ndjson", 4, 2), (csv, "x.csv", 5, 3),
    (csv + "\n", "x.csv", 5, 3),
  ])
  func everyChunkSizeGivesTheSame(
    _ text: String, _ name: String, _ rows: Int, _ rejects: Int
  ) throws {
    let source = ImportSource(Array(text.utf8), name: name)
    var options = ImportOptions()
    options.threadCount = 1
    let whole = try importAll([source], options)
    #expect(whole.rows.count == rows)
    #expect(whole.rejects.count == rejects)
    for byteCount in 1...text.utf8.count + 1 {
      options.chunkByteCount = byteCount
      options.threadCount = 1 + byteCount % 3
      let cut = try importAll([source], options)
      #expect(cut == whole, "chunks of \(byteCount) bytes")
    }
  }

  @Test func lineNumbersAcrossChunks() throws {
    var options = ImportOptions()
    options.chunkByteCount = 20
    let found = try importAll([ImportSource(Array(Self.ndjson.utf8), name: "x")], options)
    #expect(found.rejects.map(\.line) == [4, 5])
  }

  @Test func tooLongLinesAreSkipped() throws {
    func line(_ user: String, padding: Int) -> String {
      #"{"user_id":"\#(user)","event":"e","timestamp":0,"p":""#
        + String(repeating: "x", count: padding) + "\"}"
    }
    let prefix = line("a", padding: 0).utf8.count
    let text = [
      line("a", padding: 200 - prefix), line("b", padding: 201 - prefix), line("c", padding: 9),
      line("d", padding: 5000), line("e", padding: 70_000), line("f", padding: 1),
    ].joined(separator: "\n")
    var options = ImportOptions()
    options.decoding.lineByteCountLimit = 200
    for chunkByteCount in [1, 7, 150, 199, 200, 201, 202, 1000, 6000, 1 << 20] {
      options.chunkByteCount = chunkByteCount
      let found = try importAll([ImportSource(Array(text.utf8), name: "x.ndjson")], options)
      #expect(found.rows.map { $0.prefix(1) } == ["a", "c", "f"], "\(chunkByteCount)")
      #expect(found.rejects.map(\.line) == [2, 4, 5])
      #expect(found.rejects.map(\.isTruncated) == [false, false, true])
      #expect(found.rejects.map(\.raw.count) == [201, prefix + 5000, Reject.rawByteCount])
      #expect(Set(found.rejects.map(\.reason)) == ["the line is longer than 200 bytes"])
    }
  }

  @Test func tooLongCSVRecordsAreSkipped() throws {
    let text =
      "user_id,event,timestamp,p\n" + "a,e,0,\"" + String(repeating: "x\n", count: 200) + "\"\n"
      + "b,e,0,ok\n" + "c,e,0," + String(repeating: "y", count: 300) + "\nd,e,0,ok\n"
    var options = ImportOptions()
    options.decoding.lineByteCountLimit = 100
    options.rejectLimit = 1000
    var first: Imported?
    for chunkByteCount in [1, 50, 99, 100, 101, 400, 500, 1 << 20] {
      options.chunkByteCount = chunkByteCount
      let found = try importAll([ImportSource(Array(text.utf8), name: "x.csv")], options)
      #expect(found == first ?? found, "\(chunkByteCount)")
      first = found
    }
    // The first line of an endless cell goes; what follows is read for itself.
    #expect(first?.rows.last == "d e 0 p=\"ok\"")
    #expect(first?.rejects.first?.line == 2)
  }
}
