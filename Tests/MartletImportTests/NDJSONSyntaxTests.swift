import MartletModel
import Testing

@testable import MartletImport

@Suite struct NDJSONSyntaxTests {
  @Test func spaceIsAllowedWhereJSONAllowsIt() {
    let chunk = decode(
      " \t{ \"user_id\" : \"u\" ,\t\"event\":\"e\", \"timestamp\" : 0 , \"p\" : [ 1 , { } , 2 ] , \"q\":{ } } \r\n"
    )
    #expect(chunk.rejects == [])
    #expect(dump(chunk.batch) == ["u e 0 p=[1,2]"])
  }

  @Test func blankLinesCountButGiveNothing() {
    let line = #"{"user_id":"u","event":"e","timestamp":0}"#
    let chunk = decode("\n\r\n \t\n\(line)\r\n\n{\n\(line)")
    #expect(chunk.batch.count == 2)
    #expect(chunk.rejects.map(\.line) == [6])
    #expect(chunk.lineCount == 7)
  }

  @Test func escapes() {
    #expect(
      properties(#"{"a":"\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\uD83D\uDE00"}"#)
        == "a=\"\"\\/\u{8}\u{c}\n\r\tAé€😀\"")
    #expect(
      properties(#"{"k\u0065y":1,"key":2,"\"":3,"a\\b":4,"a\b":5}"#)
        == "key=2 \"=3 a\\b=4 a\u{8}=5")
    #expect(properties(#"{"a":"\u0000"}"#) == "a=\"\0\"")
  }

  @Test func stringsOfEveryLength() {
    // Words of eight bytes meet the end of a string at each of their places.
    for length in 0..<40 {
      let plain = String(repeating: "x", count: length)
      for tail in ["", "é", "\\n", "€y", "\\uD83D\\uDE00z", "😀"] {
        let expected =
          plain
          + tail.replacing("\\n", with: "\n")
          .replacing("\\uD83D\\uDE00", with: "😀")
        #expect(properties("{\"a\":\"\(plain)\(tail)\",\"b\":1}") == "a=\"\(expected)\" b=1")
        #expect(
          properties("{\"\(plain)\(tail)\":1,\"\(plain)\(tail)q\":2}")
            == "\(expected)=1 \(expected)q=2")
      }
    }
  }

  @Test(arguments: [
    "{", "{}x", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1 "b":2}"#, #"{a:1}"#,
    #"{'a':1}"#, #"{"a":01}"#, #"{"a":+1}"#, #"{"a":.5}"#, #"{"a":5.}"#, #"{"a":1e}"#,
    #"{"a":-}"#, #"{"a":1e+}"#, #"{"a":NaN}"#, #"{"a":Infinity}"#, #"{"a":-Infinity}"#,
    #"{"a":True}"#, #"{"a":tru}"#, #"{"a":nul}"#, #"{"a":falsE}"#, #"{"a":"x}"#, #"{"a":[1,]}"#,
    #"{"a":[1 2]}"#, #"{"a":[}"#, #"{"a":[1}"#, #"{"a":"\x"}"#, #"{"a":"\u12G4"}"#,
    #"{"a":"\u12"}"#, #"{"a":"\uD800"}"#, #"{"a":"\uDC00"}"#, #"{"a":"\uD800\u0041"}"#,
    #"{"a":"\uD800\uD800"}"#, "{\"a\":\"\t\"}", "{\"a\":\"\u{1}\"}", #"{"a":"\"#, #"{"a\":1}"#,
    "[]", "1", "null", "x", "{\"a\":1}{\"b\":2}", "{\"a\":0x10}", "{\"a\":1_000}", "\u{FEFF}{}",
    "{\"a\":\u{A0}1}", "{\"a\":1//c\n", "\0", "{\"a\u{1}\":1}", #"{"a":truex}"#, #"{"a":1x}"#,
  ])
  func whatIsNotJSONIsRefused(_ line: String) throws {
    let chunk = decode(line)
    #expect(chunk.batch.count == 0)
    let reject = try #require(chunk.rejects.first)
    #expect(reject.line == 1)
    let isSyntax = reject.reason.hasPrefix("invalid JSON") || reject.reason == "not a JSON object"
    #expect(isSyntax, "\(reject.reason)")
  }

  @Test func messagesNameThePlace() {
    #expect(
      refusal(#"{"a":1 "b":2}"#) == "-: invalid JSON at byte 8: expected ',' or '}', found '\"'")
    #expect(
      refusal(#"{"a":"#) == "-: invalid JSON at byte 6: expected a value, found the line ends")
    #expect(refusal(#"{"a":"x"#) == "-: invalid JSON: the line ends within a string")
    #expect(refusal(#"{"a":"\uD800"}"#) == "-: invalid JSON at byte 7: a lone surrogate")
    #expect(
      refusal("{\"a\":\"\u{1}\"}")
        == "-: invalid JSON at byte 7: a control character within a string")
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80],
      [0xE0, 0x9F, 0xBF], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
      [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xFE],
    ] as [[UInt8]])
  func invalidUTF8IsRefused(_ bytes: [UInt8]) {
    for prefix in ["", "abcdefg", "é"] {
      let value = Array("{\"a\":\"\(prefix)".utf8) + bytes + Array("\"}".utf8)
      #expect(refusal(value)?.contains("invalid UTF-8 at byte \(7 + prefix.utf8.count)") == true)
      let key = Array("{\"\(prefix)".utf8) + bytes + Array("\":1}".utf8)
      #expect(refusal(key)?.contains("invalid UTF-8") == true)
      let cut = Array("{\"a\":\"\(prefix)".utf8) + bytes
      #expect(refusal(cut) != nil)
    }
  }

  @Test func theRawLineOfAReject() throws {
    let long = [UInt8](repeating: 0x78, count: Reject.rawByteCount)
    let chunk = decode(Array("a\r\n".utf8) + long + Array("\n".utf8) + long + Array("y".utf8))
    #expect(chunk.rejects.map(\.raw) == [[0x61], long, long])
    #expect(chunk.rejects.map(\.isTruncated) == [false, false, true])
    #expect(chunk.rejects[0].file == "x.ndjson")
  }
}
