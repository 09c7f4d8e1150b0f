import MartletModel

extension MeaningCase {
  static let values: [MeaningCase] = [
    MeaningCase(
      "a comparison with a missing value is false; null is missing",
      [
        event("a", "X", "2026-03-01", ["p": 1]), event("b", "X", "2026-03-01", ["p": .null]),
        event("c", "X", "2026-03-01"), event("d", "X", "2026-03-01", ["p": []]),
      ],
      [
        Question("did X[p != 2]", "a"), Question("did X[p not in (2, 3)]", "a"),
        Question("did X[not p = 2]", "abcd"), Question("did X[not p = 1]", "bcd"),
        Question("did X[p exists]", "ad"), Question("did X[p is missing]", "bc"),
        Question("did X[q is missing]", "abcd"), Question("did X[q != 1]", ""),
        Question("not did X[p = 1]", "bcd"),
      ]),
    MeaningCase(
      "kinds do not mix",
      [
        event("a", "X", "2026-03-01", ["p": 1]), event("b", "X", "2026-03-01", ["p": "1"]),
        event("c", "X", "2026-03-01", ["p": true]), event("d", "X", "2026-03-01", ["p": 1.5]),
        event("e", "X", "2026-03-01", ["p": "Z"]), event("f", "X", "2026-03-01", ["p": "a"]),
      ],
      [
        Question("did X[p = 1]", "a"), Question("did X[p = 1.0]", "a"),
        Question("did X[p = \"1\"]", "b"), Question("did X[p != 1]", "bcdef"),
        Question("did X[p not in (1, \"1\")]", "cdef"), Question("did X[p in (1, true)]", "ac"),
        Question("did X[p > 0]", "ad"), Question("did X[p <= \"Z\"]", "be"),
        Question("did X[p > \"Z\"]", "f"), Question("did X[p = true]", "c"),
        Question("did X[p != false]", "abcdef"), Question("did X[p >= true]", ""),
        Question("did X[p between 1 and 1.5]", "ad"), Question("did X[p between 1 and \"z\"]", ""),
        Question("did X[p between \"1\" and \"Z\"]", "be"),
        Question("did X[p contains \"1\"]", "b"),
      ]),
    MeaningCase(
      "a condition holds for a list where it holds for some item",
      [
        event("a", "X", "2026-03-01", ["p": [1, "x", true]]),
        event("b", "X", "2026-03-01", ["p": [1]]), event("c", "X", "2026-03-01", ["p": []]),
      ],
      [
        Question("did X[p = 1]", "ab"), Question("did X[p != 1]", "a"),
        Question("did X[p not in (1, true)]", "a"),
        Question("did X[p not in (1, \"x\", true)]", ""),
        Question("did X[p contains \"x\"]", "a"), Question("did X[p between 0 and 2]", "ab"),
        Question("did X[not p = 1]", "c"), Question("did X[p exists]", "abc"),
        Question("sum(X.p) = 1", "ab"), Question("sum(X.p) = 0", "c"),
        Question("distinct(X.p) = 3", "a"), Question("count(X) = 1", "abc"),
      ]),
    MeaningCase(
      "text is bytes: no normalization, no case folding",
      [
        event("a", "X", "2026-03-01", ["p": "caf\u{E9}"]),
        event("b", "X", "2026-03-01", ["p": "cafe\u{301}"]),
        event("c", "X", "2026-03-01", ["p": "CAF\u{E9}"]),
        event("d", "caf\u{E9}", "2026-03-01"), event("e", "cafe\u{301}", "2026-03-01"),
      ],
      [
        Question("did X[p = \"caf\u{E9}\"]", "a"), Question("did X[p = \"cafe\u{301}\"]", "b"),
        Question("did X[p contains \"\u{E9}\"]", "ac"), Question("did X[p contains \"e\"]", "b"),
        Question("did X[p contains \"\"]", "abc"), Question("did X[p < \"caf\u{E9}\"]", "bc"),
        Question("did \"caf\u{E9}\"", "d"), Question("did \"cafe\u{301}\"", "e"),
      ]),
    MeaningCase(
      "a number is the decimal that it was written as",
      [
        event("a", "X", "2026-03-01", ["p": 9_007_199_254_740_993]),
        event("b", "X", "2026-03-01", ["p": 9_007_199_254_740_992]),
        event("c", "X", "2026-03-01", ["p": 0.30000000000000004]),
        event("d", "X", "2026-03-01", ["p": 0.3]), event("e", "X", "2026-03-01", ["p": -0.0]),
      ],
      [
        Question("did X[p = 9007199254740993]", "a"), Question("did X[p > 9007199254740992]", "a"),
        Question("did X[p = 0.3]", "d"), Question("did X[p > 0.3 and p < 1]", "c"),
        Question("did X[p = 0]", "e"), Question("did X[p between 0.3 and 0.3]", "d"),
      ]),
  ]
}
