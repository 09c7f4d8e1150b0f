import MartletModel
import Testing

@testable import MartletImport

@Suite struct NDJSONRowTests {
  @Test func theExampleOfTheDocumentation() {
    let chunk = decode(
      #"""
      {"user_id":"u42","event":"Purchase","timestamp":"2026-03-01T09:05:11.120Z","insert_id":"m-2","properties":{"amount":120.5}}
      {"type":"identify","user_id":"u42","timestamp":"2026-03-01T09:05:12Z","traits":{"plan":"trial","nps":null}}
      """#)
    #expect(chunk.rejects == [])
    #expect(
      dump(chunk.batch) == [
        "u42 Purchase 1772355911120 #m-2 amount=1205/10^1",
        #"u42 (traits) 1772355912000 plan="trial" nps=null"#,
      ])
    #expect(chunk.batch.eventTypes == ["Purchase"])
    #expect(chunk.batch.propertyNames == ["amount", "plan", "nps"])
    #expect(chunk.lineCount == 2)
    #expect(chunk.readings[.isoWithZone] == 2)
  }

  @Test func otherTopLevelKeysAreProperties() {
    let chunk = decode(
      #"{"a":1,"user_id":"u","b":{"c":2},"event":"e","properties":{"a":3,"d":4},"timestamp":0,"d":5}"#
    )
    #expect(dump(chunk.batch) == ["u e 0 a=3 b.c=2 d=4"])
  }

  @Test func propertiesWinEvenWithNull() {
    let chunk = decode(
      #"""
      {"user_id":"u","event":"e","timestamp":0,"a":1,"properties":{"a":null,"b":2}}
      {"user_id":"u","event":"e","timestamp":0,"properties":{"a":null},"a":1}
      """#)
    #expect(dump(chunk.batch) == ["u e 0 b=2", "u e 0"])
  }

  @Test func theLastOfEqualKeysCounts() {
    #expect(properties(#"{"a":1,"b":2,"a":3}"#) == "b=2 a=3")
    #expect(properties(#"{"a":1,"a":null}"#) == "")
    #expect(properties(#"{"a":{"b":1,"c":2},"a":{"c":3}}"#) == "a.c=3")
    #expect(properties(#"{"a":{"b":1},"a":5}"#) == "a=5")
    #expect(properties(#"{"a":[{"x":1,"x":2},{"x":3}]}"#) == "a.x=[2,3]")
    // Different keys that give one dotted name.
    #expect(properties(#"{"a.b":1,"a":{"b":2}}"#) == "a.b=2")
    let chunk = decode(
      #"{"user_id":1,"event":"e","user_id":"v","event":"f","timestamp":"x","timestamp":7}"#)
    #expect(dump(chunk.batch) == ["v f 7000"])
  }

  @Test func aDroppedObjectTakesItsFieldsAlong() {
    let line = #"{"c":{"u":"x"},"c":{},"event":"e","timestamp":0}"#
    #expect(refusal(line, fields: FieldMapping(user: "c.u")) == "c.u: missing")
  }

  @Test func nestedValues() {
    #expect(properties(#"{"a":{"b":{"c":"x"}},"d":{}}"#) == #"a.b.c="x""#)
    #expect(properties(#"{"t":true,"f":false,"n":null,"s":""}"#) == #"t=true f=false s="""#)
    #expect(properties(#"{"":1,"a":{"":2}}"#) == "=1 a.=2")
  }

  @Test func arrays() {
    #expect(properties(#"{"a":[1,"x",true,null,2.5]}"#) == #"a=[1,"x",true,25/10^1]"#)
    #expect(properties(#"{"a":[],"b":[null],"c":[[]]}"#) == "a=[] b=[] c=[]")
    #expect(properties(#"{"a":[1,[2,[3]],4]}"#) == "a=[1,2,3,4]")
    #expect(
      properties(#"{"p":[{"sku":"a","n":1},{"sku":"b"}]}"#) == #"p.sku=["a","b"] p.n=[1]"#)
    #expect(properties(#"{"p":[{"t":["x","y"]},{"t":["z"]}]}"#) == #"p.t=["x","y","z"]"#)
    #expect(properties(#"{"p":[1,{"a":2},3]}"#) == "p=[1,3] p.a=[2]")
    #expect(properties(#"{"p":[{}],"q":[{"a":null}],"r":[{"a":[]}]}"#) == "r.a=[]")
    #expect(properties(#"{"p":[{"a":1}],"q":[9],"r":[{"a":2}]}"#) == "p.a=[1] q=[9] r.a=[2]")
  }

  @Test func theKindOfCall() {
    let chunk = decode(
      #"""
      {"type":"track","user_id":"u","event":"e","timestamp":0}
      {"user_id":"u","event":"e","timestamp":0,"type":"photo"}
      {"user_id":"u","event":"e","timestamp":0,"type":7,"properties":{"type":"x"}}
      {"user_id":"u","timestamp":0,"traits":{"a":1},"x":2,"properties":{"y":3},"type":"identify"}
      {"user_id":"u","event":"e","timestamp":0,"traits":{"a":1}}
      {"user_id":"u","event":"e","timestamp":0,"traits":5}
      {"type":"identify","user_id":"u","timestamp":0}
      """#)
    #expect(chunk.rejects == [])
    #expect(
      dump(chunk.batch) == [
        "u e 0", #"u e 0 type="photo""#, #"u e 0 type="x""#, "u (traits) 0 a=1",
        "u e 0 traits.a=1", "u e 0 traits=5", "u (traits) 0",
      ])
    for call in ["group", "page", "screen"] {
      let line = #"{"type":"\#(call)","user_id":"u","event":"e","timestamp":0}"#
      #expect(refusal(line) == "type: not yet supported: type \(call)")
    }
    #expect(refusal(#"{"type":"x","user_id":"u","timestamp":0}"#) == "event: missing")
    #expect(
      refusal(#"{"type":"identify","user_id":"u","timestamp":0,"traits":[1]}"#)
        == "traits: an array")
    #expect(
      refusal(#"{"user_id":"u","event":"e","timestamp":0,"properties":"x"}"#)
        == "properties: a string")
  }

  @Test func userAndInsertIDs() {
    let chunk = decode(
      #"""
      {"user_id":42,"event":"e","timestamp":0,"insert_id":7}
      {"user_id":1.50,"event":"e","timestamp":0,"insert_id":null}
      {"user_id":-1e3,"event":"e","timestamp":0,"insert_id":""}
      {"user_id":"é\n","event":"\u00e9","timestamp":0,"insert_id":"\""}
      """#)
    #expect(
      dump(chunk.batch) == [
        "42 e 0 #7", "1.50 e 0", "-1e3 e 0", "é\n é 0 #\"",
      ])
    func line(_ id: String) -> String { #"{"user_id":\#(id),"event":"e","timestamp":0}"# }
    #expect(refusal(line("null")) == "user_id: null")
    #expect(refusal(line("true")) == "user_id: a boolean")
    #expect(refusal(line("{}")) == "user_id: an object")
    #expect(refusal(line("[1]")) == "user_id: an array")
    #expect(refusal(line(#""""#)) == "user_id: empty")
    #expect(refusal(#"{"event":"e","timestamp":0}"#) == "user_id: missing")
    let longest = String(repeating: "x", count: 1024)
    #expect(refusal(line("\"\(longest)\"")) == nil)
    #expect(refusal(line("\"\(longest)x\"")) == "user_id: longer than 1024 bytes")
    #expect(
      refusal(#"{"user_id":"u","event":"e","timestamp":0,"insert_id":{}}"#)
        == "insert_id: an object")
    #expect(refusal(#"{"user_id":"u","event":5,"timestamp":0}"#) == "event: a number")
    #expect(refusal(#"{"user_id":"u","event":"","timestamp":0}"#) == "event: empty")
    #expect(refusal(#"{"user_id":"u","event":"e"}"#) == "timestamp: missing")
    #expect(refusal(#"{"user_id":"u","event":"e","timestamp":true}"#) == "timestamp: a boolean")
  }

  @Test func fieldsWithOtherNames() {
    let fields = FieldMapping(
      user: "context.user.id", event: "type", time: "properties.at", insertID: "a.b")
    let chunk = decode(
      #"""
      {"context":{"user":{"id":"u","x":1}},"type":"Go","properties":{"at":5,"p":1},"a":{"b":"i"},"event":9,"user_id":8}
      {"a.b":"j","context.user.id":"v","type":"identify","properties.at":6}
      """#, fields: fields)
    #expect(chunk.rejects == [])
    #expect(
      dump(chunk.batch) == [
        "u Go 5000 #i context.user.x=1 p=1 event=9 user_id=8", "v identify 6000 #j",
      ])
  }

  @Test func aRejectedLineLeavesNoTrace() {
    let good = #"{"user_id":"u","event":"e","timestamp":0,"properties":{"a":[1,"t"],"w":1e200}}"#
    let bad = #"{"event":"E2","properties":{"b":"text","c":[1,{"d":2}],"e":1e300},"timestamp":0}"#
    let broken = #"{"user_id":"u","event":"E3","properties":{"q":[1,{"r":"#
    let alone = decode(good + "\n" + good)
    let mixed = decode([bad, good, broken, bad, good, bad].joined(separator: "\n"))
    #expect(mixed.rejects.map(\.line) == [1, 3, 4, 6])
    #expect(dump(mixed.batch) == dump(alone.batch))
    #expect(mixed.batch.bytes == alone.batch.bytes)
    #expect(mixed.batch.eventTypes == alone.batch.eventTypes)
    #expect(mixed.batch.propertyNames == alone.batch.propertyNames)
    #expect(mixed.batch.items.count == alone.batch.items.count)
    #expect(mixed.batch.wideNumbers == alone.batch.wideNumbers)
  }

  @Test func aBatchDependsOnItsOwnLinesAlone() {
    let decoder = NDJSONDecoder(options: DecodingOptions(), file: "x")
    let first = #"{"user_id":"u","event":"A","timestamp":0,"properties":{"x":1,"y":2}}"#
    let second = #"{"user_id":"u","event":"B","timestamp":0,"properties":{"y":1}}"#
    _ = decoder.decode(sealed(Array(first.utf8)))
    let chunk = decoder.decode(sealed(Array(second.utf8)))
    #expect(chunk.batch.eventTypes == ["B"])
    #expect(chunk.batch.propertyNames == ["y"])
    #expect(dump(chunk.batch) == ["u B 0 y=1"])
  }

  @Test func limits() {
    func line(_ properties: String) -> String {
      #"{"user_id":"u","event":"e","timestamp":0,"properties":\#(properties)}"#
    }
    let name = String(repeating: "n", count: 1024)
    #expect(refusal(line("{\"\(name)\":1}")) == nil)
    #expect(refusal(line("{\"\(name)n\":1}")) == "properties: a name is longer than 1024 bytes")
    #expect(
      refusal(line("{\"\(name.dropLast())\":{\"a\":1}}")) == "-: a name is longer than 1024 bytes")
    let text = String(repeating: "t", count: 1 << 20)
    #expect(refusal(line("{\"a\":\"\(text)\"}")) == nil)
    #expect(refusal(line("{\"a\":\"\(text)t\"}")) == "a: a text is longer than 1048576 bytes")
    let many = (0..<4096).map { "\"p\($0)\":1" }.joined(separator: ",")
    #expect(refusal(line("{\(many)}")) == nil)
    #expect(refusal(line("{\(many),\"q\":1}")) == "q: more than 4096 properties and items")
    let items = [String](repeating: "1", count: 4095).joined(separator: ",")
    #expect(refusal(line("{\"a\":[\(items)]}")) == nil)
    #expect(refusal(line("{\"a\":[\(items),1]}")) == "a: more than 4096 properties and items")
    let deep = String(repeating: "[", count: 62) + String(repeating: "]", count: 62)
    #expect(refusal(line("{\"a\":\(deep)}")) == nil)
    #expect(refusal(line("{\"a\":[\(deep)]}")) == "a: nested more than 64 deep")
  }
}
