import MartletLanguage
import MartletModel
import Testing

/// The Swift face gives the trees that the text gives.
struct BuilderTests {
  private func expect(
    _ segment: Segment, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    do {
      let wanted = try SegmentExpression(parsing: text)
      #expect(try segment.expression() == wanted, sourceLocation: sourceLocation)
    } catch {
      Issue.record("\(error)", sourceLocation: sourceLocation)
    }
  }

  @Test func asDocumented() {
    let loyal: Segment = "count(Purchase in last 90 days) >= 3 and not did Cancel"
    let same = Segment {
      Count("Purchase", in: .last(.days(90))) >= 3
      Not(Did("Cancel"))
    }
    #expect(same == loyal)
    #expect(loyal.description == "count(Purchase in last 90 days) >= 3 and not did Cancel")
  }

  @Test func did() {
    expect(Did("Sign Up").segment, #"did "Sign Up""#)
    expect(
      Did("Purchase", in: .last(.days(30)))
        .where(Property("amount") >= 100 && Property("platform") == "ios").segment,
      #"did Purchase[amount >= 100 and platform = "ios"] in last 30 days"#)
    expect(
      Did(.any).where(Property("a") == 1).where(!(Property("b") == true)).segment,
      "did any[a = 1 and not b = true]")
    expect(
      Did("Share").within(.days(3), after: First("Sign Up")),
      #"did Share within 3 days after first("Sign Up")"#)
    expect(
      Did("Share").within(.hours(3), before: Last("Sign Up", in: .this(.week))),
      #"did Share within 3 hours before last("Sign Up" in this week)"#)
    expect(Did("A").within(.days(1), before: First("B")), "did A within 1 day before first(B)")
    expect(Did("A").within(.days(1), after: Last("B")), "did A within 1 day after last(B)")
  }

  @Test func measures() {
    expect(Segment { Count("A") > 3 }, "count(A) > 3")
    expect(Days(.any, in: .last(.days(30))) >= 5, "days(any in last 30 days) >= 5")
    expect(Count("A") == 0, "count(A) = 0")
    expect(Count("A") != 1, "count(A) != 1")
    expect(Count("A") < 1, "count(A) < 1")
    expect(Count("A") <= 1, "count(A) <= 1")
    expect(Count("Share") > Count("Edit Photo"), #"count(Share) > count("Edit Photo")"#)
    expect(
      Sum("amount", of: "Purchase", in: .last(.days(90))) >= 104.95,
      "sum(Purchase.amount in last 90 days) >= 104.95")
    expect(Avg("amount", of: "Purchase") > 80, "avg(Purchase.amount) > 80")
    expect(Min("a.b", of: .any) < -3, "min(any.a.b) < -3")
    expect(
      Max("amount", of: "Purchase").where(Property("a").exists) == Sum("b", of: "C"),
      "max(Purchase[a exists].amount) = sum(C.b)")
    expect(Distinct("page", of: "Page View") >= 10, #"distinct("Page View".page) >= 10"#)
    expect(
      (Count("Sign In") >= 2).withinAny(.days(1)), #"count("Sign In") >= 2 within any 1 day"#)
    expect((Count("A") > 2).withinAny(.weeks(1)), "count(A) > 2 within any 7 days")
  }

  @Test func occurrencesAndSequences() {
    expect(First("Sign Up").in(.last(.days(14))), #"first("Sign Up") in last 14 days"#)
    expect(
      Last(.any).in(.ago(from: .days(45), to: .days(30))), "last(any) between 45 and 30 days ago")
    expect(
      Start("Sign Up").then("Invite").then("Upgrade").same("team").within(.days(14)),
      #""Sign Up" then Invite then Upgrade same team within 14 days"#)
    expect(
      First("Invoice").without("Invoice").within(.days(45)),
      "first(Invoice) without Invoice within 45 days")
    expect(
      Start("Quote").where(Property("kind").isIn("a", "b"))
        .without(Selection("Purchase").where(Property("x").isMissing).in(.last(.days(9))))
        .same("id").within(.days(30)),
      #"Quote[kind in ("a", "b")] without Purchase[x is missing] in last 9 days "#
        + "same id within 30 days"
    )
  }

  @Test func traitsAndSets() {
    expect(User("plan") == "trial", #"user.plan = "trial""#)
    expect(User("mrr").between(10, 50), "user.mrr between 10 and 50")
    expect(User("tags").contains("vip"), #"user.tags contains "vip""#)
    expect(User("a").isNotIn(1, "x", true), #"user.a not in (1, "x", true)"#)
    expect(User("a") != 1 && User("a") < 2, "user.a != 1 and user.a < 2")
    expect(User("a") <= 1 || User("a") > 2, "user.a <= 1 or user.a > 2")
    expect(Everyone() && !In("vip"), "everyone and not in vip")
  }

  @Test func nesting() {
    let isNew = true
    let segment = Segment {
      Or {
        Did("A")
        And {
          Did("B")
          "did C or did D"
        }
      }
      Not {
        Did("E")
        Did("F")
      }
      if isNew { Did("G") } else { Did("H") }
    }
    expect(segment, "(did A or did B and (did C or did D)) and not (did E and did F) and did G")
    expect(
      Segment { Did("A").where(Property("x") > 1 || Property("y") <= 2 && Property("z") != 3) },
      "did A[x > 1 or y <= 2 and z != 3]")
  }

  @Test func errorsAreKept() {
    let wrong: Segment = "did Purchase in lst 30 days"
    #expect(throws: ParseError.self) { try wrong.expression() }
    let both = Segment {
      Did("A")
      wrong
    }
    #expect(both.description.hasPrefix("column 17: expected `last` or `this`, found `lst`"))
    let empty = Segment { Did("A", in: .last(.days(0))) }
    let error = #expect(throws: ParseError.self) { try empty.expression() }
    #expect(error?.problem == "a duration is above 0")
    #expect(error?.source == "did A in last 0 days")
    #expect(throws: ParseError.self) { try Segment(.and([.everyone])).expression() }
  }

  /// Errors of the binder point into what was written.
  @Test func placesAreThoseOfTheText() throws {
    let written: Segment = "((did  Purchase))"
    #expect(try written.parsed().source == "((did  Purchase))")
    #expect(try written.parsed().expression == written.expression())
    #expect(written == Segment { Did("Purchase") })
    #expect(try Segment { Did("Purchase") }.parsed().source == "did Purchase")
  }

  @Test func depthIsLimited() {
    var segment = Everyone().segment
    for _ in 0..<300 { segment = !segment }
    let error = #expect(throws: ParseError.self) { try segment.expression() }
    #expect(error?.problem == "an expression nests at most 128 levels deep")
  }
}
