import MartletLanguage
import MartletModel
import Testing

/// Every form of a predicate, and the operators over them.
struct PredicateTests {
  private let purchase = Selection(.named("Purchase"))
  private let cancel = Selection(.named("Cancel"))

  @Test func everyoneAndSaved() {
    expectParse("everyone", .everyone)
    expectParse(#"in "power users""#, .saved("power users"))
    expectParse("in vip", .saved("vip"))
    expectParse(#"in "last""#, .saved("last"))
    expectParse(#"not in enterprise"#, .not(.saved("enterprise")))
  }

  @Test func traits() {
    expectParse(#"user.plan = "trial""#, .trait("plan", .compare(.equal, .text("trial"))))
    expectParse(
      "user.nps between 10 and 50", .trait("nps", .between(.number(10), .number(50))))
    expectParse("user.address.city exists", .trait("address.city", .exists))
    expectParse(#"user."address.city" exists"#, .trait("address.city", .exists))
    expectParse("user.in in (1)", .trait("in", .isIn([.number(1)])))
    expectParse("user.not not in (1)", .trait("not", .isNotIn([.number(1)])))
  }

  @Test func did() {
    expectParse("did Purchase", .did(purchase))
    expectParse("DID purchase", .did(Selection(.named("purchase"))))
    expectParse("did any", .did(Selection(.any)))
    expectParse(#"did "any""#, .did(Selection(.named("any"))))
    expectParse(#"did "Sign Up""#, .did(Selection(.named("Sign Up"))))
    expectParse(
      "did Purchase in last 60 days",
      .did(Selection(.named("Purchase"), window: .last(.days(60)))))
  }

  @Test func around() {
    expectParse(
      "did Purchase within 3 days after first(Cancel)",
      .around(purchase, within: .days(3), side: .after, of: Occurrence(.first, cancel)))
    expectParse(
      "did Purchase within 3 days before last(Cancel in last 2 days)",
      .around(
        purchase, within: .days(3), side: .before,
        of: Occurrence(.last, Selection(.named("Cancel"), window: .last(.days(2))))))
    expectParse(
      "did Purchase in last 60 days within 7 days after first(Cancel)",
      .around(
        Selection(.named("Purchase"), window: .last(.days(60))), within: .days(7), side: .after,
        of: Occurrence(.first, cancel)))
    let noon = TimeLiteral.local(date(2026, 2, 11), millisecondOfDay: 43_200_000)
    expectParse(
      "did Purchase before 2026-02-11T12:00 within 7 days before first(Cancel)",
      .around(
        Selection(.named("Purchase"), window: .range(since: nil, before: noon)),
        within: .days(7), side: .before, of: Occurrence(.first, cancel)))
  }

  @Test func occurrences() {
    expectParse(
      "first(Purchase) in last 14 days",
      .occurrence(Occurrence(.first, purchase), .last(.days(14))))
    expectParse(
      "last(any) between 45 and 30 days ago",
      .occurrence(Occurrence(.last, Selection(.any)), .ago(from: .days(45), to: .days(30))))
    expectParse(
      "last(Purchase) since 2025-12-15 before 2026-04-01",
      .occurrence(
        Occurrence(.last, purchase),
        .range(
          since: .local(date(2025, 12, 15), millisecondOfDay: 0),
          before: .local(date(2026, 4, 1), millisecondOfDay: 0))))
  }

  @Test func sequences() {
    expectParse(
      "Purchase then Cancel within 7 days",
      .sequence(.any(purchase), then: [cancel], same: nil, within: .days(7)))
    expectParse(
      #"Purchase then Cancel then Purchase same "order id" within 14 d"#,
      .sequence(.any(purchase), then: [cancel, purchase], same: "order id", within: .days(14)))
    expectParse(
      "first(Purchase) then Cancel same a.b within 1 hour",
      .sequence(
        .occurrence(Occurrence(.first, purchase)), then: [cancel], same: "a.b",
        within: .hours(1)))
    expectParse(
      "Cancel on 2026-02-27 then Purchase within 7 weeks",
      .sequence(
        .any(Selection(.named("Cancel"), window: .on(date(2026, 2, 27)))), then: [purchase],
        same: nil, within: .weeks(7)))
    expectParse(
      "any then any within 1 s",
      .sequence(.any(Selection(.any)), then: [Selection(.any)], same: nil, within: .seconds(1)))
  }

  @Test func absences() {
    expectParse(
      "first(any) without any in last 14 days within 65 hours",
      .absence(
        .occurrence(Occurrence(.first, Selection(.any))),
        without: Selection(.any, window: .last(.days(14))), same: nil, within: .hours(65)))
    expectParse(
      #"first(Cancel[a = 1] on 2026-01-31) without "Page View" since 2025-12-19 within 32 days"#,
      .absence(
        .occurrence(
          Occurrence(
            .first,
            Selection(
              .named("Cancel"), filter: .test("a", .compare(.equal, .number(1))),
              window: .on(date(2026, 1, 31))))),
        without: Selection(
          .named("Page View"),
          window: .range(since: .local(date(2025, 12, 19), millisecondOfDay: 0), before: nil)),
        same: nil, within: .days(32)))
    expectParse(
      "Purchase without Cancel same order_id within 30 days",
      .absence(.any(purchase), without: cancel, same: "order_id", within: .days(30)))
  }

  @Test func operators() {
    let (a, b) = (SegmentExpression.did(purchase), SegmentExpression.did(cancel))
    expectParse("did Purchase and did Cancel or everyone", .or([.and([a, b]), .everyone]))
    expectParse("did Purchase and (did Cancel or everyone)", .and([a, .or([b, .everyone])]))
    expectParse("(did Purchase and did Cancel) and everyone", .and([a, b, .everyone]))
    expectParse("did Purchase and (did Cancel and everyone)", .and([a, b, .everyone]))
    expectParse("did Purchase or ((did Cancel) or everyone)", .or([a, b, .everyone]))
    expectParse("not did Purchase and did Cancel", .and([.not(a), b]))
    expectParse("not (did Purchase and did Cancel)", .not(.and([a, b])))
    expectParse("not not did Purchase", .not(.not(a)))
    expectParse("NOT did Purchase AND (((did Cancel)))", .and([.not(a), b]))
  }

  @Test func commentsAndBlanks() {
    expectParse("-- who\ndid -- what\r\n\tPurchase--end", .did(purchase))
    expectParse("did Purchase -- did Cancel", .did(purchase))
  }

  /// Words of the language as bare names, where nothing else could stand.
  @Test(arguments: [
    "count", "days", "sum", "avg", "min", "max", "distinct", "first", "last", "ago", "this",
    "calendar", "d", "day", "week", "ms", "s", "m", "h", "w", "Then1",
  ])
  func bareWordsAsEvents(word: String) {
    let event = Selection(.named(Text(word)))
    expectParse("did \(word)", .did(event))
    expectParse("did \(word) in last 3 d", .did(Selection(event.event, window: .last(.days(3)))))
    expectParse("count(\(word)) > 1", .comparison(.count(event), .greater, .number(1)))
    expectParse(
      "\(word) then \(word) within 3 h",
      .sequence(.any(event), then: [event], same: nil, within: .hours(3)))
  }
}

/// A date that exists.
func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
  guard let date = CivilDate(year: year, month: month, day: day) else {
    preconditionFailure("a test's date exists")
  }
  return date
}
