import MartletGenerator
import MartletModel
import Testing

@Suite("The realistic profile")
struct RealisticProfileTests {
  private static let options = GeneratorOptions(users: 2000, events: 60_000, seed: 5, days: 120)
  /// Made once for all tests.
  private static let shared = Result { try Generated.rows(options) }

  let options = RealisticProfileTests.options
  let rows: [Row]
  let events: [Row]

  init() throws {
    rows = try RealisticProfileTests.shared.get()
    events = rows.filter { $0.type != nil }
  }

  @Test("Sessions: events of one user, less than an hour, gaps of half a second at least")
  func sessions() {
    let sessions = Dictionary(grouping: events, by: { $0.cells["session_id"] ?? "" })
    #expect(sessions[""] == nil)
    #expect((4.0...9.0).contains(Double(events.count) / Double(sessions.count)))
    for session in sessions.values {
      #expect(Set(session.map(\.user)).count == 1)
      #expect(Set(session.map { $0.cells["platform"] }).count == 1)
      let times = session.map(\.milliseconds)
      #expect(times[times.count - 1] - times[0] < 3_600_000)
      #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= 500 })
    }
  }

  @Test("The day and the week have a rhythm")
  func rhythm() {
    let byHour = Dictionary(grouping: events) { $0.milliseconds / 3_600_000 % 24 }
      .mapValues(\.count)
    #expect((byHour[19] ?? 0) * 2 > (byHour[5] ?? 0) * 3)
    // Day 0 of the epoch was a Thursday.
    let byDay = Dictionary(grouping: events) { ($0.milliseconds / 86_400_000 + 3) % 7 }
      .mapValues(\.count)
    #expect((byDay[1] ?? 0) * 4 > (byDay[6] ?? 0) * 5)
  }

  @Test("Sign-ups grow, and a user signs up once, before anything else")
  func signUps() {
    let signUps = events.filter { $0.type == "Sign Up" }
    #expect((800...1200).contains(signUps.count))
    #expect(Set(signUps.map(\.user)).count == signUps.count)
    let middle = options.start.milliseconds + 60 * CivilDate.millisecondsPerDay
    let early = signUps.filter { $0.milliseconds < middle }.count
    #expect((signUps.count - early) * 10 > early * 12)
    let first = Dictionary(grouping: events, by: \.user).mapValues { $0[0] }
    let startedOtherwise = signUps.filter { first[$0.user] != $0 }
    #expect(startedOtherwise.isEmpty)
  }

  @Test("The funnel narrows")
  func funnel() {
    func users(_ type: String) -> Set<String> {
      Set(events.filter { $0.type == type }.map(\.user))
    }
    let (signedUp, activated, bought) = (users("Sign Up"), users("Activate"), users("Purchase"))
    #expect(activated.isSubset(of: signedUp))
    #expect(activated.count < signedUp.count * 3 / 4)
    #expect(!activated.isEmpty)
    #expect(!bought.intersection(activated).isEmpty)
    #expect(bought.intersection(activated).count < activated.count)
  }

  @Test("Users leave: many of the first month are not seen in the last")
  func churn() {
    let month = 30 * CivilDate.millisecondsPerDay
    let early = Set(
      events.filter { $0.milliseconds < options.start.milliseconds + month }.map(\.user))
    let late = Set(
      events.filter { $0.milliseconds >= options.end.milliseconds - month }.map(\.user))
    let kept = Double(early.intersection(late).count) / Double(early.count)
    #expect((0.2...0.8).contains(kept))
  }

  @Test("Traits: one country a user, plans and scores that change, some scores null")
  func traits() {
    let updates = Dictionary(grouping: rows.filter { $0.type == nil }, by: \.user)
    #expect(updates.count > 1000)
    func changing(_ name: String) -> Int {
      updates.values.count { Set($0.map { $0.cells[name] }).count > 1 }
    }
    #expect(changing("country") == 0)
    #expect(changing("plan") > 50)
    #expect(changing("nps") > 50)
    #expect(changing("mrr") > 50)
    let names = Set(updates.values.flatMap { $0.flatMap(\.cells.keys) })
    #expect(names == ["country", "plan", "nps", "mrr", "beta", "interests"])
    #expect(updates.values.contains { $0.contains { $0.cells["nps"] == "null" } })
  }

  @Test("Properties of every kind, and their cardinality")
  func properties() {
    func values(_ name: String) -> Set<String> { Set(events.compactMap { $0.cells[name] }) }
    #expect(values("page").count > 250)
    #expect(values("query").count > 1500)
    #expect(values("success") == ["true", "false"])
    #expect(values("gift") == ["true", "false"])
    #expect(values("rating").count == 5)
    #expect(values("amount").count > 300)
    #expect(values("tags").contains { $0.contains("|") })
    let bookings = Dictionary(
      grouping: events.filter { $0.cells["booking_id"] != nil }, by: { $0.cells["booking_id"] })
    #expect(bookings.values.contains { Set($0.map(\.type)).count == 2 })
  }

  @Test("Without traits and lists there are none, and the events stay")
  func flat() throws {
    var flat = options
    flat.traits = false
    flat.lists = false
    let flatRows = try Generated.rows(flat)
    #expect(flatRows.count == 60_000)
    #expect(flatRows.allSatisfy { $0.type != nil && $0.cells["tags"] == nil })
  }
}
