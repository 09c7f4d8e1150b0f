import MartletGenerator
import MartletModel
import Testing

@Suite("What both profiles promise")
struct EventShapeTests {
  @Test("As many events as asked for", arguments: GeneratorOptions.Profile.allCases)
  func count(profile: GeneratorOptions.Profile) throws {
    for (users, events, days) in [
      (1, 0, 1), (1, 1, 1), (1, 500, 1), (7, 33, 3), (100, 5000, 10), (50_000, 3000, 180),
      (300, 2000, 1),
    ] {
      let options = GeneratorOptions(
        users: users, events: events, seed: 3, days: days, profile: profile)
      let rows = try Generated.rows(options)
      #expect(rows.filter { $0.type != nil }.count == events, "\(options)")
      #expect(Set(rows.map(\.user)).count <= users)
    }
  }

  @Test("In order of time, within the range", arguments: GeneratorOptions.Profile.allCases)
  func order(profile: GeneratorOptions.Profile) throws {
    let options = Generated.options(profile)
    let times = try Generated.rows(options).map(\.milliseconds)
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(times.allSatisfy { $0 >= options.start.milliseconds && $0 < options.end.milliseconds })
    let day = CivilDate.millisecondsPerDay
    #expect(Set(times.map { ($0 - options.start.milliseconds) / day }).count == options.days)
  }

  @Test(
    "User ids are u1 to uN, and most users appear", arguments: GeneratorOptions.Profile.allCases)
  func users(profile: GeneratorOptions.Profile) throws {
    let users = Set(try Generated.rows(Generated.options(profile)).map(\.user))
    #expect(users.count > 750)
    let numbers = users.compactMap { Int($0.dropFirst()) }
    #expect(numbers.count == users.count)
    #expect(numbers.allSatisfy { (1...1000).contains($0) })
    #expect(users.allSatisfy { $0.hasPrefix("u") })
  }

  @Test("Every line is one JSON object", arguments: GeneratorOptions.Profile.allCases)
  func json(profile: GeneratorOptions.Profile) throws {
    var options = Generated.options(profile)
    options.insertIDs = true
    let lines = Generated.lines(try Generated.ndjson(options))
    #expect(lines.last == [])
    #expect(lines.count > 17_000)
    #expect(lines.dropLast().allSatisfy { JSONCheck.isValid($0) && $0.first == UInt8(ascii: "{") })
  }

  @Test(
    "A share of events is late, the rest in order", arguments: GeneratorOptions.Profile.allCases)
  func late(profile: GeneratorOptions.Profile) throws {
    var options = Generated.options(profile)
    options.lateShare = 0.05
    options.traits = false
    var (latest, late) = (Int64.min, 0)
    for row in try Generated.rows(options) {
      if row.milliseconds < latest { late += 1 }
      latest = max(latest, row.milliseconds)
    }
    #expect((700...1000).contains(late))
  }

  @Test(
    "A share of events comes again, byte for byte", arguments: GeneratorOptions.Profile.allCases)
  func duplicates(profile: GeneratorOptions.Profile) throws {
    var options = Generated.options(profile)
    options.insertIDs = true
    options.duplicateShare = 0.05
    let rows = try Generated.rows(options).filter { $0.type != nil }
    let ids = rows.compactMap(\.insertID)
    #expect(ids.count == rows.count)
    #expect(Set(ids).count == 17_000)
    #expect(Set(rows).count == 17_000)
    #expect((17_700...18_000).contains(rows.count))
  }

  @Test("Options out of range are refused")
  func refusals() {
    let fine = Generated.options(.uniform)
    let spoilt: [(inout GeneratorOptions) -> Void] = [
      { $0.users = 0 }, { $0.users = 1 << 33 }, { $0.events = -1 }, { $0.days = 0 },
      { $0.days = 9999 }, { $0.lateShare = 1.5 }, { $0.duplicateShare = -0.1 },
      { $0.lateShare = .nan }, { $0.duplicateShare = 0.1 },
      { $0.start = .latest },
    ]
    for spoil in spoilt {
      var options = fine
      spoil(&options)
      #expect(throws: MartletError.self) { try EventGenerator(options) }
    }
  }
}
