import MartletLanguage
import MartletModel
import Testing

/// The text that Martlet prints for what people write.
struct CanonicalTextTests {
  private func canonical(_ source: String) throws -> String {
    try SegmentExpression(parsing: source).description
  }

  /// Already canonical: printed as written.
  @Test(arguments: [
    "did Purchase",
    #"did Purchase[amount >= 100 and platform = "ios"] in last 30 days"#,
    #"did any in last 7 days and not did any[country in ("AU", "NZ")] in last 60 days"#,
    #"count("Sign In" in last 30 days) >= 3"#,
    #"count(Share) > count("Edit Photo")"#,
    "sum(Purchase.amount in last 90 days) >= 500 or avg(Purchase.amount) > 80",
    #"distinct("Page View".page in last 7 days) >= 10"#,
    "days(any in last 30 days) >= 5",
    #"count("Sign In") >= 2 within any 1 day"#,
    "last(any) between 45 and 30 days ago",
    #"first("Sign Up") in last 14 days"#,
    #""Edit Photo" then Share within 7 days"#,
    #""Sign Up" then Invite then Upgrade within 14 days"#,
    #"first("Invoice Created") without "Invoice Created" within 45 days"#,
    "Quote without Purchase within 30 days",
    #""Start Booking"[kind = "interstate"] without "Complete Booking" same booking_id "#
      + "within 30 days",
    #"did Share within 3 days after first("Sign Up")"#,
    #"user.plan = "trial" and user.nps <= 6 and user.mrr between 10 and 50"#,
    #"in "power users" and not in enterprise"#,
    "everyone",
    "did Purchase since 2026-05-01 before 2026-06-01",
    "did Login on 2026-03-08",
    "not (did A and did B) or did C and (did D or not did E)",
    "not not did A",
    "did A[not (a = 1 or b = 2) and (c = 3 or d = 4) or e exists]",
  ])
  func unchanged(text: String) throws { #expect(try canonical(text) == text) }

  @Test(arguments: [
    (#"did "Login" ON "2026-03-08""#, "did Login on 2026-03-08"),
    ("did A in last 2 weeks", "did A in last 14 days"),
    ("did A in last 48 h", "did A in last 2 days"),
    ("did A in last 90 m", "did A in last 90 minutes"),
    ("did A in last 60 min", "did A in last 1 hour"),
    ("did A in last 1500 ms", "did A in last 1500 ms"),
    ("did A in last 1000 ms", "did A in last 1 second"),
    ("did A between 6 weeks and 30 days ago", "did A between 42 and 30 days ago"),
    ("did A between 2 and 1 d ago", "did A between 2 and 1 day ago"),
    ("did A between 3 and 0 d ago", "did A between 3 and 0 days ago"),
    ("did A between 2 days and 12 h ago", "did A between 2 days and 12 hours ago"),
    ("did A in last 1 calendar months", "did A in last 1 calendar month"),
    ("did A since 2026-05-01T09:00:00+10:30", "did A since 2026-04-30T22:30Z"),
    ("did A since 2026-05-01T00:00", "did A since 2026-05-01"),
    ("did A since 2026-05-01T00:00Z", "did A since 2026-05-01T00:00Z"),
    ("did A since 2026-05-01T09:00:01.5", "did A since 2026-05-01T09:00:01.500"),
    ("((did A) and ((did B and did C)))", "did A and did B and did C"),
    ("did A or (did B and did C)", "did A or did B and did C"),
    ("not (did A)", "not did A"),
    ("count(A)=1.50", "count(A) = 1.5"),
    ("count(A) >= 1e3", "count(A) >= 1000"),
    ("count(A) >= -0", "count(A) >= 0"),
    (#"did A[p = "\u0041\u000a\/"]"#, #"did A[p = "A\n/"]"#),
    ("did count", #"did "count""#),
    (#"did A["x"."y z" exists]"#, #"did A["x.y z" exists]"#),
    (#"user."a"."b" exists"#, "user.a.b exists"),
    ("user.last exists", #"user."last" exists"#),
    ("DID A AND NOT IN Vip", "did A and not in Vip"),
    (#"did "Käufe""#, "did Käufe"),
  ])
  func rewritten(source: String, text: String) throws { #expect(try canonical(source) == text) }

  @Test func spans() {
    #expect(TimeSpan(milliseconds: 0).description == "0 days")
    #expect(TimeSpan.weeks(2).description == "14 days")
    #expect(TimeSpan.hours(25).description == "25 hours")
    #expect(TimeSpan(milliseconds: 61_000).description == "61 seconds")
    #expect(TimeSpan(milliseconds: 1).description == "1 ms")
  }
}
