import Foundation
import MartletEngine
import MartletTestSupport
import Testing

@testable import Martlet

/// Users of several ids, and users who are forgotten, in all that the library tells of a store.
struct IdentityTests {
  private static let asOf = Timestamp(milliseconds: 1_000_000)
  private static let options = QuestionOptions(
    asOf: asOf, allowsUnknownEventTypes: true)

  private static func event(
    _ user: Text, _ type: Text, at time: Int64, id: Text? = nil
  ) -> ArrivalRow {
    .event(Event(user: user, type: type, at: Timestamp(milliseconds: time), insertID: id))
  }

  /// `a` is found to be `u` only after the rows of both lie in a file.
  private static func linkedStore() throws -> TemporaryStore {
    let temporary = try TemporaryStore()
    try temporary.append([
      event("a", "X", at: 1), event("u", "X", at: 2), event("u", "Y", at: 4),
      event("a", "Y", at: 3), event("v", "X", at: 5),
    ])
    try temporary.store.flush()
    try temporary.store.identify("a", as: "u")
    try temporary.store.commit()
    return temporary
  }

  private static func explain(
    _ text: String, _ temporary: TemporaryStore
  ) throws -> [PlanLine] {
    try temporary.store.snapshot().explain(
      try SegmentExpression.parse(text), options, analyze: true)
  }

  @Test func explainTellsWhereIdentityChangedACount() throws {
    let temporary = try Self.linkedStore()
    let line = try #require(try Self.explain("count(X) = 2", temporary).first)
    #expect(line.matchedCount == 1)
    #expect(line.matchedCountByID == 0, "neither id alone has two")
    let single = try #require(try Self.explain("count(X) = 1", temporary).first)
    #expect(single.matchedCount == 1)
    #expect(single.matchedCountByID == 3, "a, u and v")
    let unchanged = try #require(try Self.explain("days(Y) = 3", temporary).first)
    #expect(unchanged.matchedCount == 0 && unchanged.matchedCountByID == nil)
    _ = try temporary.store.engine.compact()
    let compacted = try #require(try Self.explain("count(X) = 2", temporary).first)
    #expect(compacted.matchedCount == 1)
    #expect(compacted.matchedCountByID == nil, "each user's rows lie together")
  }

  /// The rows as they lie decide a conjunction early; those of users of several ids do not.
  @Test func explainCountsNodesThatOnlyUsersOfSeveralIDsNeed() throws {
    let temporary = try Self.linkedStore()
    let lines = try Self.explain("count(X) = 2 and count(Y) = 2", temporary)
    #expect(lines.map(\.matchedCount) == [1, 1, 1])
    #expect(lines.allSatisfy { !$0.wasSkipped })
    let skipped = try Self.explain("count(Y) = 9 and count(X) = 2", temporary)
    #expect(skipped.map(\.wasSkipped) == [false, false, true])
    #expect(skipped[2].matchedCount == nil)
  }

  @Test func anyIDShowsTheWholeTimeline() throws {
    let temporary = try Self.linkedStore()
    try temporary.store.append(Event(user: "a", type: "Z", at: Timestamp(milliseconds: 2)))
    try temporary.store.commit()
    for compacts in [false, true] {
      if compacts { _ = try temporary.store.engine.compact() }
      let snapshot = try temporary.store.snapshot()
      for id in ["a", "u"] as [Text] {
        let entries = try #require(try snapshot.timeline(of: id, before: Self.asOf))
        #expect(entries.map(\.eventType) == ["X", "X", "Z", "Y", "Y"], "of \(id)")
        #expect(entries.map(\.timestamp.milliseconds) == [1, 2, 2, 3, 4], "of \(id)")
      }
    }
  }

  /// Rows of two ids that were not known to be one user's when they were taken, in the log alone,
  /// in one file, and in several.
  @Test(arguments: [[], [3], [1, 2]] as [[Int]])
  func rowsOfTwoIDsAtOneTimeStandInOrderOfArrival(_ flushes: [Int]) throws {
    let temporary = try TemporaryStore()
    func traits(_ user: Text, _ plan: Value) -> ArrivalRow {
      .traits(TraitUpdate(user: user, at: Timestamp(milliseconds: 7), ["plan": plan]))
    }
    // `u` has the lesser ordinal.
    let rows = [
      Self.event("u", "Z", at: 1), Self.event("a", "Y", at: 5), traits("a", "trial"),
      Self.event("u", "X", at: 5), Self.event("a", "X", at: 6), Self.event("u", "Y", at: 6),
      traits("u", "paid"),
    ]
    for (index, part) in [rows[..<3], rows[3..<4], rows[4..<5], rows[5...]].enumerated() {
      try temporary.append(Array(part))
      if flushes.contains(index) { try temporary.store.flush() }
    }
    try temporary.store.identify("a", as: "u")
    try temporary.store.commit()
    for step in ["linked", "flushed", "compacted"] {
      if step == "flushed" { try temporary.store.flush() }
      if step == "compacted" { _ = try temporary.store.engine.compact() }
      let snapshot = try temporary.store.snapshot()
      for (text, count) in [
        ("Y then X within 1 ms", 1), ("X then Y within 1 ms", 1),
        ("Y then X then Y within 2 ms", 1), ("X then X then Y within 2 ms", 1),
        ("Y then Y then X within 1 day", 0), ("X then X then X within 1 day", 0),
        ("X then Y then X within 1 day", 0), ("user.plan = \"paid\"", 1),
      ] {
        let segment = Segment(stringLiteral: text)
        #expect(try snapshot.count(segment, Self.options).count == count, "\(step): \(text)")
      }
      let entries = try #require(try snapshot.timeline(of: "a", before: Self.asOf))
      #expect(entries.compactMap(\.eventType) == ["Z", "Y", "X", "X", "Y"], "\(step)")
    }
    #expect(try EventStore.verify(at: temporary.path).isClean)
  }

  /// One insert id under two ids is two events, and two they stay.
  @Test func exportedUsersOfSeveralIDsKeepEventsOfOneInsertID() throws {
    let temporary = try TemporaryStore()
    try temporary.append([
      Self.event("a", "X", at: 1, id: "i"), Self.event("u", "X", at: 2, id: "i"),
      Self.event("u", "X", at: 3, id: "j"), Self.event("u", "Y", at: 4, id: "i"),
    ])
    try temporary.store.identify("a", as: "u")
    try temporary.store.commit()
    let copy = try reimported(temporary)
    let answer = try copy.store.snapshot().count("count(X) = 3 and count(Y) = 1", Self.options)
    #expect(answer.count == 1 && answer.universe == 1)
  }

  @Test func forgottenUsersAppearNowhere() throws {
    let temporary = try Self.linkedStore()
    for compacts in [false, true] {
      if compacts {
        _ = try temporary.store.engine.compact()
      } else {
        // Any id of a user takes the others along.
        #expect(try temporary.store.engine.forget(["a", "w"]) == ["w"])
      }
      let snapshot = try temporary.store.snapshot()
      let everyone = try snapshot.answer("everyone", Self.options)
      #expect(everyone.count == 1 && everyone.universe == 1)
      #expect(try snapshot.count("not did X", Self.options).count == 0)
      #expect(try snapshot.users(in: "did X or did Y", Self.options) == ["v"])
      for id in ["a", "u"] as [Text] {
        #expect(try snapshot.timeline(of: id, before: Self.asOf) == nil, "of \(id)")
      }
      let lines = try Self.explain("did X or did Y", temporary)
      #expect(lines.map(\.matchedCount) == [1, 1, 0], "compacted: \(compacts)")
      let path = temporary.path + "/export-\(compacts).ndjson"
      #expect(try snapshot.export(everyone, to: path).rows == 1)
      #expect(try CanonicalNDJSON.rows(try fileBytes(path)).map(\.user) == ["v"])
      let ids = temporary.path + "/export-\(compacts).txt"
      #expect(try snapshot.export(everyone, to: ids).users == 1)
      #expect(try fileBytes(ids) == Array("v\n".utf8))
    }
    #expect(throws: MartletError.self) {
      try temporary.store.append(Event(user: "a", type: "X", at: Timestamp(milliseconds: 9)))
    }
    #expect(try temporary.store.engine.admit(["a"]) == [])
    try temporary.append([Self.event("a", "X", at: 9)])
    try temporary.store.commit()
    let back = try temporary.store.snapshot()
    #expect(try back.users(in: "everyone", Self.options) == ["v", "a"])
    #expect(try back.timeline(of: "a", before: Self.asOf)?.count == 1, "u's events stay away")
  }

  /// What is exported of a random history answers as the history does.
  @Test(arguments: UInt64(1)...6)
  func exportsAnswerAlikeWhereTheyAreImported(_ seed: UInt64) throws {
    var history = RandomHistory(RandomEvents(userCount: 8, rowCount: 160))
    history.linksPerUser = 1
    let steps = Arrangement.shuffled.steps(history.steps(seed: seed), seed: seed)
    let temporary = try TemporaryStore()
    for step in steps { try temporary.take(step) }
    let copy = try reimported(temporary)
    let rows = NaiveHistory(steps).committed.rows
    try #require(!rows.isEmpty)
    for number in UInt64(0)..<20 {
      let question = RandomQuestion(about: rows, seed: seed * 100 + number)
      for name in question.savedSegments.keys {
        guard let definition = question.savedSegments[name] else { continue }
        try temporary.store.saveSegment(name, Segment(definition))
        try copy.store.saveSegment(name, Segment(definition))
      }
      let options = QuestionOptions(
        asOf: question.asOf, timeZone: question.timeZone, allowsUnknownEventTypes: true)
      let segment = Segment(question.expression)
      let expected = try temporary.store.snapshot().answer(segment, options)
      let actual = try copy.store.snapshot().answer(segment, options)
      #expect(actual.description == expected.description, "seed \(seed)")
      let expectedIDs = Set(try temporary.store.snapshot().users(in: segment, options))
      let actualIDs = Set(try copy.store.snapshot().users(in: segment, options))
      #expect(actualIDs == expectedIDs, "seed \(seed): \(question.expression)")
    }
  }

  /// All events of a store in a new one.
  private func reimported(_ temporary: TemporaryStore) throws -> TemporaryStore {
    let copy = try TemporaryStore()
    let path = temporary.path + "/all.ndjson"
    let snapshot = try temporary.store.snapshot()
    let everyone = try snapshot.answer("everyone", QuestionOptions(asOf: .latest))
    let exported = try snapshot.export(everyone, to: path)
    let summary = try copy.store.importEvents(from: ImportInputs([path]))
    #expect(summary.imported + summary.traitUpdates == exported.rows)
    #expect(summary.rejected == 0 && summary.duplicates == 0)
    return copy
  }

  private func fileBytes(_ path: String) throws -> [UInt8] {
    Array(try #require(FileManager.default.contents(atPath: path)))
  }
}

extension TemporaryStore {
  /// A writer's step through the public interface.
  fileprivate func take(_ step: HistoryStep) throws {
    switch step {
    case .row(let row):
      do throws(MartletError) {
        switch row {
        case .event(let event): try store.append(event)
        case .traits(let update): try store.append(update)
        }
      } catch  where error.code == .refused {}
    case .link(.alias, let from, let to):
      do throws(MartletError) {
        try store.identify(from, as: to)
      } catch  where error.code == .refused {}
    case .link(.merge, let from, let to):
      do throws(MartletError) {
        try store.merge(from, into: to)
      } catch  where error.code == .refused {}
    case .commit, .reopen: try store.commit()
    case .flush: try store.flush()
    case .compact:
      try store.commit()
      _ = try store.engine.compact()
    case .compactOnce: _ = try store.engine.compactOnce()
    case .forget(let ids):
      try store.commit()
      _ = try store.engine.forget(ids)
    case .admit(let ids): _ = try store.engine.admit(ids)
    case .expire(let instant):
      try store.commit()
      _ = try store.engine.expire(before: instant)
    case .readElsewhere: break
    }
  }
}
