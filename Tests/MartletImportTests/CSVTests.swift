import MartletModel
import Testing

@testable import MartletImport

@Suite struct CSVTests {
  private func options(
    _ types: [Text: ColumnType] = [:], delimiter: UInt8? = nil,
    fields: FieldMapping = FieldMapping()
  ) -> ImportOptions {
    var options = ImportOptions()
    options.format = .csv
    options.decoding.columnTypes = types
    options.decoding.delimiter = delimiter
    options.decoding.fields = fields
    options.rejectLimit = 1000
    return options
  }

  private func read(
    _ text: String, _ options: ImportOptions? = nil, name: String = "x.csv"
  ) throws -> Imported {
    try importAll([ImportSource(Array(text.utf8), name: name)], options ?? self.options())
  }

  /// The value of the one property of the one row.
  private func value(_ cell: String, _ type: ColumnType? = nil) throws -> String {
    let types = type.map { [Text("p"): $0] } ?? [:]
    let found = try read("user_id,event,timestamp,p\nu,e,0,\(cell)\n", options(types))
    guard found.rejects.isEmpty else {
      return found.rejects.map { "\($0.field ?? "-"): \($0.reason)" }.joined()
    }
    return String(found.rows[0].dropFirst("u e 0 ".count))
  }

  @Test func aFileWithEverything() throws {
    let found = try read(
      "user_id,event,timestamp,insert_id,amount,note\r\n"
        + "u42,Purchase,2026-03-01T09:05:11.120Z,m-2,120.50,\"a \"\"b\"\", c\r\nd\"\r\n"
        + "\r\n"
        + "42,Visit,1772355911,,,\r\n"
        + "\"é\",\"Sign, Up\",2026-03-01,\"\",7,x")
    #expect(found.rejects == [])
    #expect(
      found.rows == [
        "u42 Purchase 1772355911120 #m-2 amount=1205/10^1 note=\"a \"b\", c\r\nd\"",
        "42 Visit 1772355911000", "é Sign, Up 1772323200000 amount=7 note=\"x\"",
      ])
  }

  @Test(arguments: [
    ("1", "p=1"), ("-5", "p=-5"), ("0", "p=0"), ("120.50", "p=1205/10^1"), ("true", "p=true"),
    ("false", "p=false"), ("", ""), ("\"\"", ""), ("00123", "p=\"00123\""), ("+1", "p=\"+1\""),
    ("-0", "p=\"-0\""), ("1e3", "p=\"1e3\""), ("True", "p=\"True\""), ("NaN", "p=\"NaN\""),
    ("t", "p=\"t\""), ("-", "p=\"-\""), (" 1", "p=\" 1\""), ("1 ", "p=\"1 \""),
    ("\"1\"", "p=1"), ("\"1\"\"\"", "p=\"1\"\""), ("5\" pipe", "p=\"5\" pipe\""),
    ("9223372036854775807", "p=9223372036854775807"),
    (
      "9223372036854775808",
      "p: integer beyond 64 bits; with the column's type text it is kept as text"
    ),
    ("0.1234567890123456789", "p=wide(1234567890123456789e-19)"), ("[1]", "p=\"[1]\""),
    ("null", "p=\"null\""), ("\"a\"b", "p: characters after a closing quote"),
    ("a,b", "-: 5 cells, where the header names 4 columns"), ("é€😀", "p=\"é€😀\""),
  ])
  func cellsAreWhatTheyLookLike(_ cell: String, _ expected: String) throws {
    #expect(try value(cell) == expected)
  }

  @Test(arguments: [
    ("1.0", ColumnType.text, "p=\"1.0\""), ("true", .text, "p=\"true\""), ("", .text, ""),
    ("99999999999999999999", .text, "p=\"99999999999999999999\""), ("007", .number, "p=7"),
    ("+1.50", .number, "p=15/10^1"), ("1e3", .number, "p=1000"), ("\"2\"", .number, "p=2"),
    ("x", .number, "p: not a number"), ("NaN", .number, "p: not a number"),
    ("inf", .number, "p: not a number"), ("true", .number, "p: not a number"),
    ("99999999999999999999", .number, "p: integer beyond 64 bits"),
    ("1e400", .number, "p: number not finite: beyond the range of a double"),
    ("YES", .boolean, "p=true"), ("0", .boolean, "p=false"), ("f", .boolean, "p=false"),
    ("2", .boolean, "p: not a boolean"),
  ])
  func columnTypesOverride(_ cell: String, _ type: ColumnType, _ expected: String) throws {
    #expect(try value(cell, type) == expected)
  }

  @Test func refusedRecords() throws {
    let found = try read(
      "event,user_id,timestamp,p\n" + "e,u,0\n" + "e,,0,1\n" + ",u,0,1\n" + "e,u,,1\n"
        + "e,u,soon,\"two\nlines\"\n" + "e,u,0,ok\n" + "e,u,0,\"x\"y\n" + "e,u,0,\"open\n"
        + "e,u,1,after\n")
    #expect(found.rows == ["u e 0 p=\"ok\"", "u e 1000 p=\"after\""])
    #expect(
      found.rejects.map { "\($0.line ?? 0) \($0.field ?? "-"): \($0.reason)" } == [
        "2 -: 3 cells, where the header names 4 columns", "3 user_id: missing",
        "4 event: missing", "5 timestamp: missing", "6 timestamp: not a timestamp",
        "9 p: characters after a closing quote", "10 -: a quoted cell is not closed",
      ])
    #expect(found.rejects[4].raw == Array("e,u,soon,\"two\nlines\"".utf8))
    #expect(found.rejects[6].raw == Array("e,u,0,\"open".utf8))
  }

  @Test func delimitersAreFound() throws {
    for (separator, name) in [("\t", "x.tsv"), ("\t", "x"), (";", "x.csv"), (",", "x.tsv")] {
      let line = ["user_id", "event", "timestamp", "p"].joined(separator: separator)
      let row = ["u", "e", "0", "1.5"].joined(separator: separator)
      var automatic = ImportOptions()
      automatic.rejectLimit = 0
      let found = try read("\u{FEFF}\(line)\n\(row)", automatic, name: name)
      #expect(found.rows == ["u e 0 p=15/10^1"], "\(name)")
    }
    let given = try read(
      "user_id|event|timestamp\nu,v|e|0", options(delimiter: UInt8(ascii: "|")))
    #expect(given.rows == ["u,v e 0"])
  }

  @Test func columnsWithOtherNames() throws {
    let fields = FieldMapping(user: "who", event: "what", time: "when", insertID: "key")
    let found = try read("when,what,who,key,event\n5,e,u,k,x\n", options(fields: fields))
    #expect(found.rows == ["u e 5000 #k event=\"x\""])
  }

  @Test func unusableHeaders() {
    func problem(_ header: String, _ options: ImportOptions? = nil) -> String? {
      do {
        _ = try read(header, options)
        return nil
      } catch {
        return "\(error)"
      }
    }
    #expect(
      problem("user,event,timestamp\n")
        == "x.csv, line 1: there is no column \"user_id\" (name it with --user; "
        + "the columns are user, event, timestamp)")
    #expect(
      problem("user_id,event,timestamp,p,p\n")
        == "x.csv, line 1: there are two columns \"p\" (rename one of them)")
    #expect(
      problem("user_id,event,timestamp\n", options(["q": .text]))
        == "x.csv: a type is given for \"q\", but there is no such column "
        + "(the columns are user_id, event, timestamp)")
    #expect(problem("\"user_id,event") == "x.csv, line 1: the header is malformed")
  }

  @Test func invalidUTF8IsRefused() throws {
    let bytes =
      Array("user_id,event,timestamp,p\nu,e,0,".utf8) + [0xFF] + Array("\nu,e,0,\"a".utf8) + [0xC3]
      + Array("\"\nu,e,0,x".utf8)
    let found = try importAll([ImportSource(bytes, name: "x.csv")], options())
    #expect(found.rows == ["u e 0 p=\"x\""])
    #expect(found.rejects.map(\.line) == [2, 3])
    #expect(found.rejects.map(\.reason) == ["invalid UTF-8", "invalid UTF-8"])
  }
}
