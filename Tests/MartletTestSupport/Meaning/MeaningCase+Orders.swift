import MartletModel

extension MeaningCase {
  static let orders: [MeaningCase] = [
    MeaningCase(
      "order is by time, then by arrival",
      [
        event("a", "A", "2026-03-01"), event("a", "B", "2026-03-01"),
        event("b", "B", "2026-03-01"), event("b", "A", "2026-03-01"),
        event("c", "B", "2026-03-02"), event("c", "A", "2026-03-01"),
        event("d", "A", "2026-03-01"),
      ],
      [
        Question("A then B within 1 ms", "a"), Question("A then B within 1 day", "a"),
        Question("A then B within 86400001 ms", "ac"), Question("B then A within 1 ms", "b"),
        Question("A then A within 30 days", ""), Question("any then any within 2 days", "abc"),
        Question("A without B within 1 day", "bcd"), Question("first(A) then B within 9 d", "ac"),
      ]),
    MeaningCase(
      "a sequence spans less than its limit from its first event to its last",
      [
        event("a", "A", "2026-03-01"), event("a", "B", "2026-03-03"),
        event("a", "C", "2026-03-08"), event("b", "A", "2026-03-01"),
        event("b", "A", "2026-03-02"), event("b", "B", "2026-03-03"),
        event("b", "C", "2026-03-08"), event("c", "A", "2026-03-01"),
        event("c", "C", "2026-03-02"), event("c", "B", "2026-03-03"),
      ],
      [
        Question("A then B then C within 7 days", "b"),
        Question("A then B then C within 8 days", "ab"),
        Question("first(A) then B then C within 7 days", ""),
        Question("last(A) then B then C within 7 days", "b"),
        Question("A then A within 2 days", "b"),
        Question("A before 2026-03-02 then B then C within 7 days", ""),
      ]),
    MeaningCase(
      "first and last are of the events that their selection matches",
      [
        event("a", "X", "2026-03-01", ["n": 1]), event("a", "X", "2026-04-01", ["n": 2]),
        event("a", "X", "2026-05-01", ["n": 3]), event("b", "X", "2026-04-10", ["n": 2]),
        identify("b", "2026-01-01", ["plan": "pro"]),
      ],
      [
        Question("first(X) since 2026-04-01", "b"),
        Question("first(X since 2026-04-01) since 2026-04-02", "b"),
        Question("first(X[n >= 2]) since 2026-04-01", "ab"),
        Question("last(X) before 2026-04-11", "b"),
        Question("last(X) in last 31 days", "a"),
        Question("last(X) since 2026-04-01", "ab", asOf: "2026-05-01"),
        Question("last(X before 2026-04-01) on 2026-03-01", "a"),
        Question("first(any) since 2026-04-10", "b"),
      ]),
    MeaningCase(
      "around: after is short of the limit, before reaches it",
      [
        event("a", "S", "2026-03-04"), event("a", "U", "2026-03-01"),
        event("b", "U", "2026-03-01"), event("b", "S", "2026-03-03T23:59:59.999Z"),
        event("c", "U", "2026-03-01"), event("c", "S", "2026-03-01"),
        event("d", "S", "2026-03-01"), event("d", "U", "2026-03-01"),
        event("e", "S", "2026-02-26"), event("e", "U", "2026-03-01"),
        event("f", "S", "2026-02-25T23:59:59.999Z"), event("f", "U", "2026-03-01"),
      ],
      [
        Question("did S within 3 days after first(U)", "bc"),
        Question("did S within 3 days before first(U)", "de"),
        Question("did U within 3 days after last(S)", "d"),
        Question("did U within 3 days after first(U)", ""),
      ]),
    MeaningCase(
      "rolling: some n events span less than the limit",
      [
        event("a", "X", "2026-03-01"), event("a", "X", "2026-03-02"), event("a", "X", "2026-03-03"),
        event("b", "X", "2026-03-05"), event("b", "X", "2026-03-04T00:00:00.001Z"),
        event("c", "X", "2026-03-01"), event("d", "Y", "2026-03-01"),
      ],
      [
        Question("count(X) >= 2 within any 1 day", "b"),
        Question("count(X) >= 2 within any 86400001 ms", "ab"),
        Question("count(X) >= 3 within any 48 hours", ""),
        Question("count(X) >= 2.5 within any 3 days", "a"),
        Question("count(X) > 2 within any 3 days", "a"),
        Question("count(X) > 0 within any 1 ms", "abc"),
        Question("count(X) >= 0 within any 1 ms", "abcd"),
        Question("count(X) > -1 within any 1 ms", "abcd"),
      ]),
  ]
}
