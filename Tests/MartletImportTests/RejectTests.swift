import MartletModel
import Testing

@testable import MartletImport

@Suite struct RejectTests {
  @Test func theRejectsFile() {
    let reject = Reject(
      file: "a\"b.ndjson", line: 12, field: "timestamp", reason: "not a timestamp",
      raw: Array("{\"a\":\"\\n\t\u{1}\u{7F}é\r".utf8) + [0xFF])
    #expect(
      String(decoding: reject.ndjson, as: UTF8.self)
        == #"{"file":"a\"b.ndjson","line":12,"field":"timestamp","reason":"not a timestamp","#
        + #""raw":"{\"a\":\"\\n\t\u0001\u007fé\r\#u{FFFD}"}"# + "\n")
    let cut = Reject(file: "-", line: 1, field: nil, reason: "r", raw: [0x78], isTruncated: true)
    #expect(
      String(decoding: cut.ndjson, as: UTF8.self)
        == #"{"file":"-","line":1,"field":null,"reason":"r","raw":"x","truncated":true}"# + "\n")
  }

  @Test func theRejectsFileIsItselfReadable() throws {
    let raw = (0..<256).map { UInt8($0) }
    var bytes = Reject(file: "x", line: 1, field: nil, reason: "r", raw: raw).ndjson
    bytes.removeLast(2)
    let line = bytes + Array(#","user_id":"u","event":"e","timestamp":0}"#.utf8)
    let chunk = decode(line)
    #expect(chunk.rejects == [])
    let row = try #require(dump(chunk.batch).first)
    #expect(row.contains("raw=\"" + String(decoding: raw, as: UTF8.self) + "\""))
  }
}
