import MartletModel
import Testing

@testable import MartletImport

/// Lines that say which ids are one user's.
@Suite struct IdentityTests {
  /// The links of a batch: `alias A -> U`.
  private func links(_ batch: EventBatch) -> [String] {
    batch.links.map { link in
      let ids = [link.from, link.to].map {
        String(validating: batch.bytes[$0.range], as: UTF8.self) ?? "(invalid)"
      }
      return "\(link.kind) \(ids[0]) -> \(ids[1])"
    }
  }

  @Test func aliasAndMergeAreLinksWithoutRows() {
    let chunk = decode(
      #"""
      {"type":"alias","previous_id":"a","user_id":"u"}
      {"type":"alias","previousId":"b","userId":"u","timestamp":"2026-01-01T00:00:00Z"}
      {"type":"alias","anonymousId":"c","userId":"u"}
      {"type":"alias","previous_id":7,"user_id":1.50}
      {"type":"merge","from_id":"v","user_id":"u"}
      {"type":"merge","previous_id":"w","user_id":"\u0075"}
      """#)
    #expect(chunk.rejects == [])
    #expect(chunk.batch.count == 0)
    #expect(
      links(chunk.batch) == [
        "alias a -> u", "alias b -> u", "alias c -> u", "alias 7 -> 1.50", "merge v -> u",
        "merge w -> u",
      ])
  }

  @Test func aLinkThatSaysNothingIsRefused() {
    let long = String(repeating: "x", count: Limits.userIDByteCount + 1)
    for (line, reason) in [
      (#"{"type":"alias","user_id":"u"}"#, "previous_id: missing"),
      (#"{"type":"alias","previous_id":"a"}"#, "user_id: missing"),
      (#"{"type":"alias"}"#, "user_id: missing"),
      (#"{"type":"alias","previous_id":null,"user_id":"u"}"#, "previous_id: null"),
      (#"{"type":"alias","previous_id":"","user_id":"u"}"#, "previous_id: empty"),
      (#"{"type":"alias","previous_id":["a"],"user_id":"u"}"#, "previous_id: an array"),
      (#"{"type":"alias","previous_id":"a","user_id":{}}"#, "user_id: an object"),
      (
        #"{"type":"alias","previous_id":"u","user_id":"u"}"#, "previous_id: the same as the user id"
      ),
      (#"{"type":"merge","anonymous_id":"a","user_id":"u"}"#, "previous_id: missing"),
      (#"{"type":"merge","from_id":true,"user_id":"u"}"#, "previous_id: a boolean"),
      (
        #"{"type":"alias","previous_id":"\#(long)","user_id":"u"}"#,
        "previous_id: longer than 1024 bytes"
      ),
      (
        #"{"user_id":"u","event":"e","timestamp":0,"anonymous_id":"\#(long)"}"#,
        "anonymous_id: longer than 1024 bytes"
      ),
    ] {
      #expect(refusal(line) == reason, "\(line.prefix(100))")
      #expect(decode(line).batch.links.isEmpty)
    }
  }

  @Test func anEventWithBothIdsLinksThem() {
    let chunk = decode(
      #"""
      {"anonymous_id":"a","event":"e","timestamp":0}
      {"user_id":"u","anonymous_id":"a","event":"e","timestamp":1}
      {"user_id":"u","anonymousId":"a","event":"e","timestamp":2}
      {"user_id":"v","anonymousId":"a","event":"e","timestamp":3}
      {"type":"identify","user_id":"u","anonymous_id":"b","timestamp":4,"traits":{"plan":"x"}}
      {"user_id":"u","anonymous_id":"u","event":"e","timestamp":5}
      {"user_id":"u","anonymous_id":null,"event":"e","timestamp":6}
      {"user_id":"u","anonymous_id":"","event":"e","timestamp":7}
      {"user_id":"u","event":"e","timestamp":8,"properties":{"anonymous_id":"c"}}
      """#)
    #expect(chunk.rejects == [])
    // The first link of an id holds, so a batch says it once.
    #expect(links(chunk.batch) == ["alias a -> u", "alias b -> u"])
    #expect(
      dump(chunk.batch) == [
        #"a e 0 anonymous_id="a""#, #"u e 1000 anonymous_id="a""#, #"u e 2000 anonymousId="a""#,
        #"v e 3000 anonymousId="a""#, #"u (traits) 4000 plan="x""#, #"u e 5000 anonymous_id="u""#,
        "u e 6000", #"u e 7000 anonymous_id="""#, #"u e 8000 anonymous_id="c""#,
      ])
  }

  @Test func theUserMayStandUnderAnotherName() {
    let chunk = decode(
      #"""
      {"userId":"u","event":"e","timestamp":0}
      {"user_id":null,"userId":"u","event":"e","timestamp":1}
      {"user_id":"","anonymous_id":5,"event":"e","timestamp":2}
      {"user_id":"u","userId":"v","event":"e","timestamp":3}
      {"userId":"u","anonymousId":"a","event":"e","timestamp":4}
      {"type":"identify","anonymousId":"z","timestamp":5,"traits":{"n":1}}
      """#)
    #expect(chunk.rejects == [])
    #expect(links(chunk.batch) == ["alias a -> u"])
    #expect(
      dump(chunk.batch) == [
        "u e 0", "u e 1000", "5 e 2000 anonymous_id=5", #"u e 3000 userId="v""#,
        #"u e 4000 anonymousId="a""#, "z (traits) 5000 n=1",
      ])
    #expect(
      refusal(#"{"user_id":[],"userId":"u","event":"e","timestamp":0}"#) == "user_id: an array")
    #expect(refusal(#"{"event":"e","timestamp":0}"#) == "user_id: missing")
    // Whoever names the user's field means that one.
    let fields = FieldMapping(user: "who")
    #expect(refusal(#"{"userId":"u","event":"e","timestamp":0}"#, fields: fields) == "who: missing")
    #expect(
      dump(decode(#"{"who":"w","userId":"u","event":"e","timestamp":0}"#, fields: fields).batch)
        == [#"w e 0 userId="u""#])
    #expect(
      dump(
        decode(
          #"{"anonymous_id":"w","event":"e","timestamp":0}"#,
          fields: FieldMapping(user: "anonymous_id")
        ).batch) == ["w e 0"])
  }

  @Test func equalKeysCountOnceAndRefusedLinesLeaveNothing() {
    let chunk = decode(
      #"""
      {"user_id":"u","anonymous_id":"a","anonymous_id":"b","event":"e","timestamp":0}
      {"user_id":"u","anonymous_id":"c","event":"e","timestamp":"never"}
      {"user_id":"u","anonymous_id":"d","event":"e","timestamp":1}
      """#)
    #expect(chunk.rejects.map(\.line) == [2])
    #expect(links(chunk.batch) == ["alias b -> u", "alias d -> u"])
  }

  @Test func linksDoNotDependOnHowTheInputIsCut() throws {
    var text = ""
    for index in 0..<4000 {
      text +=
        #"{"user_id":"u\#(index % 50)","anonymous_id":"a\#(index % 700)","#
        + #""event":"e","timestamp":0}"#
        + "\n"
    }
    var first: [String: String] = [:]
    for index in 0..<4000 where first["a\(index % 700)"] == nil {
      first["a\(index % 700)"] = "u\(index % 50)"
    }
    for chunkByteCount in [1 << 12, 1 << 20] {
      var options = ImportOptions()
      options.chunkByteCount = chunkByteCount
      var found: [String: String] = [:]
      let source = ImportSource(Array(text.utf8), name: "x.ndjson")
      let report = try ImportPipeline(options: options).run([source]) { batch, _, _ in
        for link in links(batch) {
          let parts = link.split(separator: " ")
          let (from, user) = (String(parts[1]), String(parts[3]))
          if found[from] == nil { found[from] = user }
        }
      }
      #expect(found == first)
      #expect(report.rows == 4000 && report.links >= 700)
    }
  }
}
