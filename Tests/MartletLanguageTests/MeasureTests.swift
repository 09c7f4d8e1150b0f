import MartletLanguage
import MartletModel
import Testing

/// Measures, their comparisons and rolling windows.
struct MeasureTests {
  private let share = Selection(.named("Share"))

  @Test func comparisons() {
    expectParse("count(Share) >= 3", .comparison(.count(share), .greaterOrEqual, .number(3)))
    expectParse("days(Share) = 0", .comparison(.days(share), .equal, .number(0)))
    expectParse("count(Share)!=-1.50", .comparison(.count(share), .notEqual, .number(-1.5)))
    expectParse("count(Share)<1e3", .comparison(.count(share), .less, .number(1000)))
    expectParse("count(Share) <= 2", .comparison(.count(share), .lessOrEqual, .number(2)))
    expectParse(
      #"count(Share) > count("Edit Photo")"#,
      .comparison(
        .count(share), .greater, .measure(.count(Selection(.named("Edit Photo"))))))
  }

  @Test func numbersAreExact() {
    let digits = "12345678901234567890123456789012345678"
    expectParse(
      "count(Share) > \(digits)",
      .comparison(
        .count(share), .greater,
        .number(
          Number(significand: 12_345_678_901_234_567_890_123_456_789_012_345_678, exponent: 0))))
    expectParse(
      "count(Share) > 104.95",
      .comparison(
        .count(share), .greater, .number(Number(significand: 10_495, exponent: -2))))
  }

  @Test(arguments: Aggregation.allCases)
  func aggregates(aggregation: Aggregation) {
    expectParse(
      "\(aggregation.rawValue)(Share.amount) > 80",
      .comparison(
        .aggregate(aggregation, share, property: "amount"), .greater, .number(80)))
    expectParse(
      "\(aggregation.rawValue)(Share[a exists].x.y in last 90 days) > 80",
      .comparison(
        .aggregate(
          aggregation,
          Selection(
            .named("Share"), filter: .test("a", .exists), window: .last(.days(90))),
          property: "x.y"), .greater, .number(80)))
  }

  @Test func aggregateNames() {
    expectParse(
      #"distinct("Page View".ms) >= 10"#,
      .comparison(
        .aggregate(.distinct, Selection(.named("Page View")), property: "ms"), .greaterOrEqual,
        .number(10)))
    expectParse(
      "distinct(any.session_id) >= 5",
      .comparison(
        .aggregate(.distinct, Selection(.any), property: "session_id"), .greaterOrEqual,
        .number(5)))
    expectParse(
      #"max(sum.in."b c") > min(min.min)"#,
      .comparison(
        .aggregate(.max, Selection(.named("sum")), property: "in.b c"), .greater,
        .measure(.aggregate(.min, Selection(.named("min")), property: "min"))))
  }

  @Test func rolling() {
    expectParse(
      "count(Share) >= 5 within any 30 days",
      .rolling(share, .greaterOrEqual, 5, within: .days(30)))
    expectParse(
      "count(Share in last 60 days) > 2 within any 90 minutes",
      .rolling(
        Selection(.named("Share"), window: .last(.days(60))), .greater, 2, within: .minutes(90)))
  }
}
