import MartletEngine
import MartletModel
import MartletTestSupport
import Testing

/// Opens what a crash left, holds it against what may be there, and goes on writing; verification
/// finds nothing wrong before, between and after.
struct ImageCheck {
  /// What may be there, as models and as content.
  private let allowed: [(model: StoreModel, content: StoreContent)]
  private let instants: [Int64]
  private let configuration: StoreConfiguration

  init(_ allowed: [StoreModel], _ script: StoreScript) {
    instants = script.instants
    configuration = script.configuration
    self.allowed = allowed.map { ($0, StoreContent($0, universesBefore: script.instants)) }
  }

  /// Whether it is one of what may be there; if not, why.
  func difference(of content: StoreContent) -> String? {
    if allowed.contains(where: { $0.content == content }) { return nil }
    return allowed.compactMap { content.difference(from: $0.content) }
      .min { $0.utf8.count < $1.utf8.count }
  }

  /// Opens a store, and goes on.
  func expectIntact(
    _ system: SimulatedFileSystem, compacting: Bool = false, _ what: @autoclosure () -> String
  ) {
    do throws(MartletError) {
      if system.exists(StoreScript.path + "/manifest") {
        // Of a copy, so that what is opened is what the crash left.
        _ = expectClean(system.copy(), "\(what()), as it was left")
      }
      let engine = try Engine(writing: system, configuration)
      let remarks = expectClean(system, "\(what()), recovered")
      #expect(remarks == [], "\(what()), recovered")
      expectIntact(engine, of: system, compacting: compacting, what())
    } catch {
      Issue.record("\(what()): \(error)")
    }
  }

  /// Goes on with a writer.
  func expectIntact(
    _ engine: Engine, of system: SimulatedFileSystem, compacting: Bool = false,
    _ what: @autoclosure () -> String
  ) {
    do {
      let content = try engine.content(universesBefore: instants)
      guard let found = allowed.last(where: { $0.content == content }) else {
        Issue.record("\(what()): \(difference(of: content) ?? "nothing is allowed")")
        return
      }
      var model = found.model
      let rows = rowsToGoOn(with: model)
      let summary = model.summary(of: rows, [])
      var actual = try engine.append(rows)
      actual.didSeal = false
      #expect(actual == summary, "\(what()): going on")
      try engine.commit()
      if compacting { _ = try engine.compact() }
      let after = try Engine(reading: system).content(universesBefore: instants)
      let expected = StoreContent(model, universesBefore: instants)
      if let difference = after.difference(from: expected) {
        Issue.record("\(what()), going on: \(difference)")
      }
      _ = expectClean(system, "\(what()), gone on")
    } catch {
      Issue.record("\(what()): \(error)")
    }
  }

  /// Verifies a store; returns what is worth knowing of it.
  private func expectClean(
    _ system: SimulatedFileSystem, _ what: @autoclosure () -> String
  ) -> [String] {
    do throws(MartletError) {
      let report = try Engine.verify(at: StoreScript.path, system)
      if !report.isClean {
        Issue.record("\(what()), verification: \(report.problems.map(\.description))")
      }
      return report.remarks
    } catch {
      Issue.record("\(what()), verification: \(error)")
      return []
    }
  }

  /// A new user's event; a replay; an event of who was forgotten.
  private func rowsToGoOn(with model: StoreModel) -> [ArrivalRow] {
    let time = Timestamp(milliseconds: max(5, model.expiredBefore ?? 5))
    var rows = [ArrivalRow.event(Event(user: "a new one", type: "A", at: time))]
    let replayed = model.entries.last { entry in
      entry.row.insertID != nil && !model.ids[Int(entry.sentAs)].utf8.isEmpty
    }
    if let replayed, let type = replayed.row.eventType {
      rows.append(
        .event(
          Event(
            user: model.ids[Int(replayed.sentAs)], type: type, at: time,
            insertID: replayed.row.insertID)))
    }
    if let refused = model.refusedIDs.sorted().first {
      rows.append(.event(Event(user: refused, type: "A", at: time)))
    }
    return rows
  }
}
