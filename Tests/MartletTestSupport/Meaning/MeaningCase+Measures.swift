import MartletModel

extension MeaningCase {
  static let measures: [MeaningCase] = [
    MeaningCase(
      "sums and averages are exact",
      [
        event("a", "X", "2026-03-01", ["p": 0.1, "q": 9_223_372_036_854_775_807]),
        event("a", "X", "2026-03-01", ["p": 0.2, "q": 9_223_372_036_854_775_807]),
        event("b", "X", "2026-03-01", ["p": 1e-7]), event("b", "X", "2026-03-01", ["p": 1]),
        event("b", "X", "2026-03-01", ["p": -1]), event("c", "X", "2026-03-01", ["p": 10]),
        event("c", "X", "2026-03-02", ["p": 0]), event("c", "X", "2026-03-03", ["p": 0]),
        event("c", "Y", "2026-03-03", ["p": 3.25]),
      ],
      [
        Question("sum(X.p) = 0.3", "a"), Question("sum(X.p) = 0.0000001", "b"),
        Question("avg(X.p) = 0.15", "a"), Question("avg(X.p) > sum(Y.p)", "abc"),
        Question("avg(X.p) > 3.3333333333333333", "c"),
        Question("avg(X.p) < 3.3333333333333334", "abc"),
        Question("sum(X.q) > max(X.q)", "a"), Question("avg(X.q) = max(X.q)", "a"),
        Question("avg(X.q) = 9223372036854775807", "a"),
      ]),
    MeaningCase(
      "of nothing, counts and sums are 0 and the others are missing",
      [
        event("a", "X", "2026-03-01", ["p": "text"]), event("b", "Y", "2026-03-01"),
        event("c", "X", "2026-03-01", ["p": 5]),
      ],
      [
        Question("count(X) = 0", "b"), Question("count(X) <= 2", "abc"),
        Question("days(X) = 0", "b"), Question("sum(X.p) = 0", "ab"),
        Question("distinct(X.p) = 0", "b"), Question("distinct(X.p) = 1", "ac"),
        Question("avg(X.p) < 100", "c"), Question("avg(X.p) != 100", "c"),
        Question("min(X.p) >= 0", "c"), Question("max(X.p) != 5", ""),
        Question("not max(X.p) = 5", "ab"), Question("min(X.p) = max(X.p)", "c"),
        Question("count(X) >= 0.5", "ac"), Question("count(X) > count(Y)", "ac"),
        Question("sum(Y.p) = sum(X.q)", "abc"), Question("sum(Z.p) = 0", "abc"),
      ]),
    MeaningCase(
      "distinct counts values: kinds apart, equal numbers once, items of lists each",
      [
        event("a", "X", "2026-03-01", ["p": 1]), event("a", "X", "2026-03-02", ["p": 1.0]),
        event("a", "X", "2026-03-03", ["p": "1"]), event("a", "X", "2026-03-04", ["p": true]),
        event("b", "X", "2026-03-01", ["p": [1, 2, 2]]), event("b", "X", "2026-03-02", ["p": 2]),
        event("b", "X", "2026-03-03", ["p": .null]),
      ],
      [
        Question("distinct(X.p) = 3", "a"), Question("distinct(X.p) = 2", "b"),
        Question("distinct(X[p = 2].p) = 2", "b"), Question("sum(X.p) = 7", "b"),
        Question("avg(X.p) = 1.75", "b"), Question("distinct(X.p before 2026-03-03) = 1", "a"),
      ]),
  ]
}
