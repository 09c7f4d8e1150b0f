import Martlet
import MartletEngine
import MartletQuery
import MartletTestSupport
import RoaringBitmap

/// A store on a simulated disk that goes through the steps of a history, and answers questions.
final class HistoryStore {
  struct LawBroken: Error {}

  private let system = SimulatedFileSystem()
  private let configuration: StoreConfiguration
  private var writer: Engine?
  /// Another process's view, where that is to answer.
  private var reader: Engine?
  private var batch = EventBatchBuilder()
  private(set) var tally = HistoryTally()
  private var saved: [Text: SegmentExpression] = [:]
  private var snapshot: MartletEngine.Snapshot?

  private static let path = "/store"

  /// So small that compaction divides what there is into partitions.
  static var tinyFiles: StoreConfiguration {
    var configuration = StoreConfiguration()
    configuration.compressionLevel = 1
    configuration.compaction = .manual
    configuration.segmentFileByteCount = 3000
    return configuration
  }

  init(_ configuration: StoreConfiguration = tinyFiles) throws {
    self.configuration = configuration
    try open()
  }

  convenience init(
    _ steps: [HistoryStep], _ configuration: StoreConfiguration = tinyFiles
  ) throws {
    try self.init(configuration)
    for step in steps { try take(step) }
  }

  private func open() throws {
    writer = try Engine(
      at: HistoryStore.path, access: .readWrite, fileSystem: system,
      configuration: configuration)
  }

  /// The writer; another process's engine where that is to answer.
  func engine() throws -> Engine {
    guard let engine = reader ?? writer else { preconditionFailure("the store is open") }
    return engine
  }

  private func withWriter<Result>(_ body: (Engine) throws -> Result) throws -> Result {
    guard let writer else { preconditionFailure("the store is open") }
    return try body(writer)
  }

  func take(_ step: HistoryStep) throws {
    snapshot = nil
    switch step {
    case .row(let row):
      // Links of a batch come behind its rows.
      if !batch.batch.links.isEmpty { try send() }
      switch row {
      case .event(let event): try batch.append(event)
      case .traits(let update): try batch.append(update)
      }
      return
    case .link(let kind, let from, let to): return try batch.link(kind, from: from, to: to)
    default: try send()
    }
    try withWriter { writer in
      switch step {
      case .row, .link: break
      case .forget(let ids): tally.unknownIDs += try writer.forget(ids).count
      case .admit(let ids): tally.unknownIDs += try writer.admit(ids).count
      case .expire(let instant): _ = try writer.expire(before: instant)
      case .commit: try writer.commit()
      case .flush: try writer.flush()
      case .compact: _ = try writer.compact()
      case .compactOnce: _ = try writer.compactOnce()
      case .reopen: self.writer = nil
      case .readElsewhere:
        reader = try Engine(at: HistoryStore.path, access: .readOnly, fileSystem: system)
      }
    }
    if writer == nil { try open() }
    // A reader follows from one commit to the next, or skips some.
    if case .commit = step { _ = try reader?.snapshot() }
  }

  private func send() throws {
    guard batch.batch.count > 0 || !batch.batch.links.isEmpty else { return }
    let summary = try withWriter { try $0.append(batch.batch) }
    batch = EventBatchBuilder()
    tally.taken += summary.appended
    tally.duplicates += summary.duplicates
    tally.identified += summary.identified
    tally.ignoredLinks += summary.ignoredLinks
    tally.forgottenRows += summary.refusals.count { $0.reason == .forgottenUser }
    tally.expiredRows += summary.refusals.count { $0.reason == .expired }
  }
}

// Questions.
extension HistoryStore {
  func answer(_ question: RandomQuestion) throws -> NaiveAnswer {
    let parsed = try SegmentExpression.parse(question.expression.description)
    try save(question, namedBy: parsed)
    return try answer(
      parsed.expression, asOf: question.asOf, zone: try TimeZoneRules(named: question.timeZone))
  }

  /// The answer, held against that to the opposite question.
  func answer(
    _ expression: SegmentExpression, asOf: Timestamp, zone: TimeZoneRules = .utc
  ) throws -> NaiveAnswer {
    let snapshot = try currentSnapshot()
    func ask(_ expression: SegmentExpression) throws -> Question {
      try Question(
        expression, of: snapshot, asOf: asOf, zone: zone, allowsUnknownEventTypes: true)
    }
    let asked = try ask(expression)
    let (matched, pending) = try asked.answer()
    let (others, stillPending) = try ask(.not(expression)).answer()
    guard matched.count + others.count + pending.count == asked.universe.count,
      matched.union(others).union(pending) == asked.universe, stillPending == pending
    else { throw LawBroken() }
    return NaiveAnswer(
      matched: try ids(of: matched, snapshot), pending: try ids(of: pending, snapshot),
      universe: try ids(of: asked.universe, snapshot))
  }

  func currentSnapshot() throws -> MartletEngine.Snapshot {
    if let snapshot { return snapshot }
    let taken = try engine().snapshot()
    snapshot = taken
    return taken
  }

  private func save(_ question: RandomQuestion, namedBy parsed: ParsedExpression) throws {
    for name in parsed.occurrences where name.role == .savedSegment {
      guard let definition = question.savedSegments[name.name], saved[name.name] != definition
      else { continue }
      saved[name.name] = definition
      let text = Text(definition.description)
      try withWriter { try $0.updateSavedSegments { $0[name.name] = text } }
      snapshot = nil
    }
  }

  private func ids(
    of users: RoaringBitmap, _ snapshot: MartletEngine.Snapshot
  ) throws -> Set<Text> {
    var ids: Set<Text> = []
    try snapshot.users.forEachID(of: users) { ids.insert($0) }
    return ids
  }
}
