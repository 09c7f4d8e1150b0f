import MartletModel

extension MeaningCase {
  static let zones: [MeaningCase] = [
    MeaningCase(
      "a day of a clock change has 23, 25 or 24½ hours",
      [
        event("a", "X", "2026-03-08T04:59:59.999Z"), event("b", "X", "2026-03-08T05:00:00.000Z"),
        event("c", "X", "2026-03-09T03:59:59.999Z"), event("d", "X", "2026-03-09T04:00:00.000Z"),
        event("e", "X", "2026-04-04T12:59:59.999Z"), event("f", "X", "2026-04-04T13:00:00.000Z"),
        event("g", "X", "2026-04-05T13:29:59.999Z"), event("h", "X", "2026-04-05T13:30:00.000Z"),
        event("i", "X", "2026-04-05T13:59:59.999Z"), event("j", "X", "2026-04-05T14:00:00.000Z"),
      ],
      [
        Question("did X on 2026-03-08", "bc", timeZone: "America/New_York"),
        Question("did X on 2026-04-05", "fghi", timeZone: "Australia/Melbourne"),
        Question("did X on 2026-04-05", "fg", timeZone: "Australia/Lord_Howe"),
        Question("did X on 2026-04-05", "ghij", timeZone: "UTC"),
        Question(
          "did X in this day", "fgh", asOf: "2026-04-05T23:59:59.999",
          timeZone: "Australia/Melbourne"),
      ]),
    MeaningCase(
      "offsets need not be whole hours, and reach +14",
      [
        event("a", "X", "2026-02-28T09:59:59.999Z"), event("b", "X", "2026-02-28T10:00:00.000Z"),
        event("c", "X", "2026-02-28T18:14:59.999Z"), event("d", "X", "2026-02-28T18:15:00.000Z"),
        event("e", "X", "2026-03-01T09:59:59.999Z"), event("f", "X", "2026-03-01T10:00:00.000Z"),
      ],
      [
        Question("did X on 2026-03-01", "bcde", timeZone: "Pacific/Kiritimati"),
        Question("did X on 2026-03-01", "def", timeZone: "Asia/Kathmandu"),
        Question("everyone", "abc", asOf: "2026-03-01", timeZone: "Asia/Kathmandu"),
      ]),
    MeaningCase(
      "a time that clocks skip moves on by the gap; of a time shown twice the earlier counts",
      [
        event("a", "X", "2026-03-08T07:29:59.999Z"), event("b", "X", "2026-03-08T07:30:00.000Z"),
        event("c", "X", "2026-10-03T16:29:59.999Z"), event("d", "X", "2026-10-03T16:30:00.000Z"),
        event("e", "X", "2026-11-01T05:29:59.999Z"), event("f", "X", "2026-11-01T05:30:00.000Z"),
      ],
      [
        Question(
          "did X since 2026-03-08T02:30 before 2026-03-09", "b", asOf: "2026-12-01",
          timeZone: "America/New_York"),
        Question(
          "did X since 2026-03-08T03:30 before 2026-03-09", "b", asOf: "2026-12-01",
          timeZone: "America/New_York"),
        Question(
          "did X since 2026-10-04T02:30", "def", asOf: "2026-12-01",
          timeZone: "Australia/Melbourne"),
        Question(
          "did X since 2026-11-01T01:30", "f", asOf: "2026-12-01",
          timeZone: "America/New_York"),
        Question("did X since 2026-11-01T01:30-05:00", "", asOf: "2026-12-01"),
      ]),
    MeaningCase(
      "an active day is a calendar day in the question's zone",
      [
        event("a", "X", "2026-03-01T12:59Z"), event("a", "X", "2026-03-01T13:00Z"),
        event("b", "X", "2026-03-01T23:59Z"), event("b", "X", "2026-03-02T00:00Z"),
        event("b", "Y", "2026-03-03T00:00Z"), identify("b", "2026-03-04", ["plan": "pro"]),
      ],
      [
        Question("days(X) = 2", "b"), Question("days(X) = 1", "a"),
        Question("days(X) = 2", "a", timeZone: "Australia/Melbourne"),
        Question("days(any) = 3", "b"), Question("days(Y) = 0", "a"),
      ]),
  ]
}
