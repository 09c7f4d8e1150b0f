import MartletLanguage
import MartletModel
import Testing

/// The JSON face: golden forms, leniency where JSON allows it, errors with paths.
struct JSONTests {
  /// Text and JSON of each form, side by side.
  @Test(arguments: [
    ("everyone", #"{"everyone":true}"#),
    (#"in "power users""#, #"{"in":"power users"}"#),
    (#"user.plan = "trial""#, #"{"user":"plan","test":{"=":"trial"}}"#),
    ("user.nps between 1 and 2.5", #"{"user":"nps","test":{"between":[1,2.5]}}"#),
    ("user.a not in (1, true)", #"{"user":"a","test":{"not in":[1,true]}}"#),
    ("user.a is missing", #"{"user":"a","test":{"is missing":true}}"#),
    ("did Purchase", #"{"did":{"event":"Purchase"}}"#),
    (
      "did any[a exists or not b contains \"x\"] in last 30 days",
      #"{"did":{"any":true,"filter":{"or":[{"property":"a","test":{"exists":true}},"#
        + #"{"not":{"property":"b","test":{"contains":"x"}}}]},"window":{"last":"30 days"}}}"#
    ),
    (
      "did A within 3 days after first(B)",
      #"{"did":{"event":"A"},"within":"3 days","after":{"first":{"event":"B"}}}"#
    ),
    (
      "did A within 90 minutes before last(B)",
      #"{"did":{"event":"A"},"within":"90 minutes","before":{"last":{"event":"B"}}}"#
    ),
    (
      "count(A) >= 3", #"{"measure":{"count":{"event":"A"}},"compare":">=","to":3}"#
    ),
    (
      "sum(A.x in this month) > days(B)",
      #"{"measure":{"sum":{"event":"A","window":{"this":"month"}},"property":"x"},"#
        + #""compare":">","to":{"days":{"event":"B"}}}"#
    ),
    (
      "count(A) > 3 within any 1 day",
      #"{"measure":{"count":{"event":"A"}},"compare":">","to":3,"withinAny":"1 day"}"#
    ),
    (
      "first(A) between 45 and 30 days ago",
      #"{"first":{"event":"A"},"window":{"ago":{"from":"45 days","to":"30 days"}}}"#
    ),
    (
      "last(A) in last 3 calendar months",
      #"{"last":{"event":"A"},"window":{"lastCalendar":{"count":3,"unit":"month"}}}"#
    ),
    (
      "A then B then C same p within 7 days",
      #"{"start":{"event":"A"},"then":[{"event":"B"},{"event":"C"}],"same":"p","within":"7 days"}"#
    ),
    (
      "first(A) without B within 7 days",
      #"{"start":{"first":{"event":"A"}},"without":{"event":"B"},"within":"7 days"}"#
    ),
    (
      "not (did A on 2026-05-01 and everyone)",
      #"{"not":{"and":[{"did":{"event":"A","window":{"on":"2026-05-01"}}},{"everyone":true}]}}"#
    ),
    (
      "did A since 2026-05-01 before 2026-06-01T09:30Z or everyone",
      #"{"or":[{"did":{"event":"A","window":{"since":"2026-05-01","before":"2026-06-01T09:30Z"}}},"#
        + #"{"everyone":true}]}"#
    ),
  ])
  func golden(text: String, json: String) throws {
    let expression = try SegmentExpression(parsing: text)
    #expect(String(decoding: expression.json, as: UTF8.self) == json)
    #expect(try SegmentExpression(json: Array(json.utf8)) == expression)
    #expect(expression.description == text)
  }

  @Test func blanksOrderAndNesting() throws {
    let json = """
      { "within" : "7d" , "then":[ {"event":"\\u0042"} ],\r\n\t"start": {"event":"A"} }
      """
    #expect(
      try SegmentExpression(json: Array(json.utf8))
        == SegmentExpression(parsing: "A then B within 1 week"))
    let nested = #"{"and":[{"and":[{"everyone":true},{"everyone":true}]},{"everyone":true}]}"#
    #expect(
      try SegmentExpression(json: Array(nested.utf8)) == .and([.everyone, .everyone, .everyone]))
  }

  @Test(arguments: [
    ("", "JSON byte 0: the JSON ends too early"),
    ("{", "JSON byte 1: expected a key in quotes"),
    (#"{"everyone":true} x"#, "JSON byte 18: expected the end of the JSON"),
    (#"{"everyone":tru}"#, "JSON byte 12: expected a JSON value"),
    (#"{"everyone":true,"everyone":true}"#, #"JSON byte 17: the key "everyone" stands twice"#),
    (#"{"did":{"event":"\ud800"}}"#, "JSON byte 16: half of a surrogate pair is no character"),
    (
      #"{"measure":{"count":{"any":true}},"compare":">","to":01}"#,
      "JSON byte 53: this is no JSON number"
    ),
    (
      #"{"measure":{"count":{"any":true}},"compare":">","to":1.}"#,
      "JSON byte 53: this is no JSON number"
    ),
    (
      #"{"measure":{"count":{"any":true}},"compare":">","to":-}"#,
      "JSON byte 53: this is no JSON number"
    ),
    ("[]", "$: expected an object, found an array"),
    ("{}", "$: expected a segment expression"),
    (#"{"everyone":false}"#, "$.everyone: expected true"),
    (
      #"{"dit":{"event":"A"}}"#, #"$.dit: unknown key "dit" (did you mean "did"?)"#
    ),
    (
      #"{"did":{"event":"A","windw":{}}}"#,
      #"$.did.windw: unknown key "windw" (did you mean "window"?)"#
    ),
    (
      #"{"and":[{"everyone":true},{"did":{"event":"A","window":{"last":"3 months"}}}]}"#,
      #"$.and[1].did.window.last: expected a duration such as "30 days""#
    ),
    (
      #"{"did":{"event":"A","window":{"last":30}}}"#,
      "$.did.window.last: expected text, found a number"
    ),
    (
      #"{"did":{"event":"A","window":{"last":"0 days"}}}"#,
      "$.did.window.last: a duration of 0 holds no event (the shortest duration is `1 ms`)"
    ),
    (
      #"{"did":{"event":"A","window":{"ago":{"from":"3 days","to":"4 days"}}}}"#,
      "$.did.window: the longer time ago comes first"
    ),
    (#"{"did":{"event":"A","window":{}}}"#, "$.did.window: expected a window"),
    (
      #"{"did":{"event":"A","window":{"on":"2026-02-30"}}}"#,
      "$.did.window.on: there is no such day"
    ),
    (
      #"{"did":{"event":"A","window":{"on":"2026-02-03T01:00"}}}"#,
      "$.did.window.on: expected a date without a time"
    ),
    (
      #"{"did":{"event":"A","window":{"lastCalendar":{"count":0,"unit":"day"}}}}"#,
      "$.did.window: calendar units are counted from 1 to 3660000"
    ),
    (
      #"{"did":{"event":"A","window":{"this":"fortnight"}}}"#,
      "$.did.window.this: there is no such calendar unit "
        + "(the units are day, week, month, quarter, year)"
    ),
    (#"{"did":{"event":"A"},"within":"3 days"}"#, #"$: the key "after" or "before" is missing"#),
    (#"{"user":"plan"}"#, #"$: the key "test" is missing"#),
    (
      #"{"user":"plan","test":{"==":1}}"#,
      #"$.test["=="]: unknown key "==" (did you mean "="?)"#
    ),
    (
      #"{"user":"plan","test":{"is a":1}}"#,
      #"$.test["is a"]: unknown key "is a" (the keys here are =, !=, <, <=, >, >=, in, not in, "#
        + "between, contains, exists, is missing)"
    ),
    (
      #"{"user":"plan","test":{"=":null}}"#,
      #"$.test["="]: null is no value (use {"is missing":true})"#
    ),
    (#"{"user":"plan","test":{"in":[]}}"#, "$.test.in: expected at least 1 item"),
    (#"{"user":"plan","test":{"between":[1,2,3]}}"#, "$.test.between: expected two ends"),
    (#"{"and":[{"everyone":true}]}"#, "$.and: expected at least 2 items"),
    (
      #"{"measure":{"days":{"any":true}},"compare":">","to":1,"withinAny":"1 day"}"#,
      "$.withinAny: only `count` can be asked within any duration"
    ),
    (
      #"{"measure":{"count":{"any":true}},"compare":"=","to":1,"withinAny":"1 day"}"#,
      "$.compare: `withinAny` takes >= or >"
    ),
    (
      #"{"measure":{"sum":{"any":true}},"compare":"=","to":1}"#,
      #"$.measure: the key "property" is missing"#
    ),
    (
      #"{"start":{"any":true},"then":[{"any":true}],"without":{"any":true},"within":"1 day"}"#,
      #"$.then: "then" and "without" exclude each other"#
    ),
    (#"{"start":{"any":true},"within":"1 day"}"#, #"$: the key "then" or "without" is missing"#),
  ])
  func errors(json: String, message: String) {
    let error = #expect(throws: MartletError.self) {
      try SegmentExpression(json: Array(json.utf8))
    }
    #expect(error?.description == message)
    #expect(error?.code == .usage)
  }

  @Test func invalidUTF8() {
    #expect(throws: MartletError.self) {
      try SegmentExpression(json: Array(#"{"in":""#.utf8) + [0xFF] + Array(#""}"#.utf8))
    }
  }

  @Test func truncationNeverReads() throws {
    let expression = try SegmentExpression(
      parsing: #"did A[p = "x🍮" and q > -1.5e3] in last 3 days and not everyone"#)
    let json = expression.json
    for length in 0..<json.count {
      #expect(throws: MartletError.self, "\(length)") {
        try SegmentExpression(json: Array(json[..<length]))
      }
    }
  }
}
