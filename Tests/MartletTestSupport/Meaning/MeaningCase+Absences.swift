import MartletModel

extension MeaningCase {
  static let absences: [MeaningCase] = [
    MeaningCase(
      "absence matches once its time is over, and is pending until then",
      [
        event("a", "A", "2026-05-22"), event("b", "A", "2026-05-22T00:00:00.001Z"),
        event("c", "A", "2026-05-22"), event("c", "B", "2026-05-31T23:59:59.999Z"),
        event("d", "A", "2026-03-01"), event("d", "B", "2026-03-11"),
        event("e", "A", "2026-03-01"), event("e", "B", "2026-03-01"),
        event("f", "B", "2026-03-01"), event("f", "A", "2026-03-01"),
        event("g", "A", "2026-03-01"), event("g", "B", "2026-03-02"), event("g", "A", "2026-05-30"),
        event("h", "B", "2026-03-01"),
      ],
      [
        Question("A without B within 10 days", "adf", pending: "bg"),
        Question("not A without B within 10 days", "ceh", pending: "bg"),
        Question("A without B within 10 days and did A", "adf", pending: "bg"),
        Question("A without B within 10 days and did B", "df", pending: "g"),
        Question("A without B within 10 days or did A", "abcdefg"),
        Question("A without B within 10 days or did B", "acdefgh", pending: "b"),
        Question("first(A) without B within 10 days", "adf", pending: "b"),
        Question("last(A) without B within 10 days", "adf", pending: "bg"),
        Question("A without A within 10 days", "acdefg", pending: "b"),
        Question("A before 2026-05-01 without B within 10 days", "df"),
      ]),
    MeaningCase(
      "first(A) without A is about that one event",
      [
        event("a", "I", "2026-03-01"), event("b", "I", "2026-03-01"), event("b", "I", "2026-03-31"),
        event("c", "I", "2026-03-01"), event("c", "I", "2026-04-15"), event("d", "I", "2026-05-01"),
      ],
      [Question("first(I) without I within 45 days", "ac", pending: "d")]),
    MeaningCase(
      "same: an equal value on every step; without it an event takes no part",
      [
        event("a", "A", "2026-03-01", ["id": 1]), event("a", "B", "2026-03-02", ["id": 1.0]),
        event("b", "A", "2026-03-01", ["id": 1]), event("b", "B", "2026-03-02", ["id": "1"]),
        event("c", "A", "2026-03-01"), event("c", "B", "2026-03-02"),
        event("d", "A", "2026-03-01", ["id": .null]), event("d", "B", "2026-03-02", ["id": .null]),
        event("e", "A", "2026-03-01", ["id": [1, 2]]), event("e", "B", "2026-03-02", ["id": 2]),
        event("f", "A", "2026-03-01"), event("f", "A", "2026-03-02", ["id": 1]),
        event("f", "B", "2026-03-03", ["id": 1]),
      ],
      [
        Question("A then B same id within 7 days", "aef"),
        Question("A without B same id within 7 days", "b"),
        Question("first(A) then B same id within 7 days", "ae"),
        Question("first(A) without B same id within 7 days", "b"),
        Question("A then B within 7 days", "abcdef"),
      ]),
    MeaningCase(
      "same in longer sequences is one value throughout",
      [
        event("a", "A", "2026-03-01", ["id": [1, 2]]),
        event("a", "B", "2026-03-02", ["id": [2, 3]]),
        event("a", "C", "2026-03-03", ["id": [3, 1]]),
        event("b", "A", "2026-03-01", ["id": [1, 2]]),
        event("b", "B", "2026-03-02", ["id": [2, 3]]), event("b", "C", "2026-03-03", ["id": 2]),
      ],
      [Question("A then B then C same id within 7 days", "b")]),
  ]
}
