import MartletModel

extension MeaningCase {
  static let identities: [MeaningCase] = [
    MeaningCase(
      "the trait that holds is the latest by time, then by arrival; null unsets",
      [
        identify("a", "2026-03-02", ["plan": "pro"]), identify("a", "2026-03-01", ["plan": "free"]),
        identify("b", "2026-03-01", ["plan": "pro"]), identify("b", "2026-03-01", ["plan": "free"]),
        identify("c", "2026-03-01", ["plan": "pro"]), identify("c", "2026-03-02", ["plan": .null]),
        identify("d", "2026-03-01", ["nps": 9]), identify("d", "2026-03-02", ["plan": "pro"]),
        event("e", "X", "2026-03-01", ["plan": "pro"]),
      ],
      [
        Question("user.plan = \"pro\"", "ad"), Question("user.plan = \"free\"", "b"),
        Question("user.plan != \"free\"", "ad"), Question("user.plan not in (\"free\")", "ad"),
        Question("user.plan is missing", "ce"), Question("not user.plan = \"pro\"", "bce"),
        Question("user.plan = \"pro\"", "c", asOf: "2026-03-01T12:00Z"),
        Question("user.nps >= 9 and user.plan exists", "d"), Question("did any", "e"),
        Question("everyone and not did any", "abcd"), Question("last(any) before 2026-05-01", "e"),
      ]),
    MeaningCase(
      "an insert id counts once for its user and type: the first to arrive",
      [
        event("a", "X", "2026-03-05", ["p": 1], id: "i"),
        event("a", "X", "2026-03-01", ["p": 2], id: "i"),
        event("a", "Y", "2026-03-01", ["p": 3], id: "i"),
        event("b", "X", "2026-03-01", ["p": 4], id: "i"),
        event("c", "X", "2026-03-01", id: "\u{E9}"), event("c", "X", "2026-03-01", id: "e\u{301}"),
        event("d", "X", "2026-03-01"), event("d", "X", "2026-03-01"),
      ],
      [
        Question("count(X) = 2", "cd"), Question("count(X) = 1", "ab"),
        Question("sum(X.p) = 1", "a"),
        Question("did X before 2026-03-05", "bcd"), Question("count(any) = 2", "acd"),
      ]),
    MeaningCase(
      "ids and names are bytes, and keywords are names when they are quoted",
      [
        event("\u{E9}", "any", "2026-03-01"), event("e\u{301}", "first", "2026-03-01"),
        event("a", "and", "2026-03-01", ["in": 1]), event("a", "a\"b", "2026-03-02"),
      ],
      [
        Question("did \"any\"", "\u{E9}"), Question("did \"and\"[\"in\" = 1]", "a"),
        Question("\"and\" then \"a\\\"b\" within 2 days", "a"), Question("count(any) = 2", "a"),
        Question("sum(\"and\".\"in\") = 1", "a"),
      ]),
  ]
}
