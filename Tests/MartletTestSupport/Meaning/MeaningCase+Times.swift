import MartletModel

extension MeaningCase {
  static let times: [MeaningCase] = [
    MeaningCase(
      "what is at or after the instant does not exist",
      [
        event("a", "X", "2026-03-10T00:00:00.000Z"), event("b", "X", "2026-03-10T00:00:00.001Z"),
        identify("c", "2026-03-10", ["plan": "pro"]),
      ],
      [
        Question("everyone", "", asOf: "2026-03-10"),
        Question("everyone", "ac", asOf: "2026-03-10T00:00:00.001Z"),
        Question("did X", "a", asOf: "2026-03-10T00:00:00.001Z"),
        Question("not did X", "c", asOf: "2026-03-10T00:00:00.001Z"),
        Question("not did X", "c", asOf: "2026-03-10T00:00:00.002Z"),
        Question("user.plan = \"pro\"", "", asOf: "2026-03-10"),
        Question("did X before 2027-01-01", "a", asOf: "2026-03-10T00:00:00.001Z"),
        Question("did X since 2026-03-11", "", asOf: "2026-03-11"),
      ]),
    MeaningCase(
      "windows are half-open",
      [
        event("a", "X", "2026-03-01T00:00:00.000Z"), event("b", "X", "2026-02-28T23:59:59.999Z"),
        event("c", "X", "2026-03-30T23:59:59.999Z"), event("d", "X", "2026-02-14T00:00:00.000Z"),
      ],
      [
        Question("did X in last 30 days", "ac", asOf: "2026-03-31"),
        Question("did X between 45 and 30 days ago", "bd", asOf: "2026-03-31"),
        Question("did X between 46 and 45 days ago", "", asOf: "2026-03-31"),
        Question("did X since 2026-03-01", "ac", asOf: "2026-03-31"),
        Question("did X before 2026-03-01", "bd", asOf: "2026-03-31"),
        Question("did X since 2026-02-14 before 2026-03-01", "bd", asOf: "2026-03-31"),
        Question("did X since 2026-03-30T23:59:59.999Z", "c", asOf: "2026-03-31"),
        Question("did X on 2026-03-01", "a", asOf: "2026-03-31"),
        Question("count(X in last 30 days) = 0", "bd", asOf: "2026-03-31"),
      ]),
    MeaningCase(
      "calendar windows start with the unit that holds the instant",
      [
        event("a", "X", "2026-05-13T00:00Z"), event("b", "X", "2026-05-12T23:59Z"),
        event("c", "X", "2026-05-11T00:00Z"), event("d", "X", "2026-05-10T23:59Z"),
        event("e", "X", "2026-05-01T00:00Z"), event("f", "X", "2026-04-30T23:59Z"),
        event("g", "X", "2026-04-01T00:00Z"), event("h", "X", "2026-03-31T23:59Z"),
        event("i", "X", "2026-01-01T00:00Z"), event("j", "X", "2025-12-31T23:59Z"),
      ],
      [
        Question("did X in this day", "a", asOf: "2026-05-13T12:00Z"),
        Question("did X in last 1 calendar day", "a", asOf: "2026-05-13T12:00Z"),
        Question("did X in last 2 calendar days", "ab", asOf: "2026-05-13T12:00Z"),
        Question("did X in this week", "abc", asOf: "2026-05-13T12:00Z"),
        Question("did X in last 2 calendar weeks", "abcd", asOf: "2026-05-13T12:00Z"),
        Question("did X in this month", "abcde", asOf: "2026-05-13T12:00Z"),
        Question("did X in last 2 calendar months", "abcdefg", asOf: "2026-05-13T12:00Z"),
        Question("did X in this quarter", "abcdefg", asOf: "2026-05-13T12:00Z"),
        Question("did X in last 2 calendar quarters", "abcdefghi", asOf: "2026-05-13T12:00Z"),
        Question("did X in this year", "abcdefghi", asOf: "2026-05-13T12:00Z"),
        Question("did X in last 2 calendar years", "abcdefghij", asOf: "2026-05-13T12:00Z"),
        Question("did X in this day", "", asOf: "2026-05-14"),
        Question("did X in this month", "", asOf: "2026-06-01"),
      ]),
  ]
}
