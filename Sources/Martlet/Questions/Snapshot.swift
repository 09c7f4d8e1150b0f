import MartletEngine
import MartletFiles
public import MartletLanguage
public import MartletModel
import MartletQuery
public import RoaringBitmap

/// An immutable view of a store; its answers never change. Safe to use from several threads.
public struct Snapshot: Sendable {
  let engine: MartletEngine.Snapshot

  init(_ engine: MartletEngine.Snapshot) { self.engine = engine }

  /// How many users are in a segment.
  /// - Throws: `ParseError` for a segment that is no valid expression or names something unknown;
  ///   `MartletError` for an unknown zone or a damaged store.
  public func count(
    _ segment: Segment, _ options: QuestionOptions = QuestionOptions()
  ) throws -> SegmentAnswer {
    try answer(segment, options)
  }

  /// The ids of the users in a segment, in order of first sight.
  /// - Throws: as `count`.
  /// - Complexity: the question's, and O(ids) for their text.
  public func users(
    in segment: Segment, _ options: QuestionOptions = QuestionOptions()
  ) throws -> [Text] {
    var ids: [Text] = []
    try forEachUser(of: try answer(segment, options).matched) { ids.append($0) }
    return ids
  }

  /// The users in a segment, and those who may yet be.
  /// - Throws: as `count`.
  public func answer(
    _ segment: Segment, _ options: QuestionOptions = QuestionOptions()
  ) throws -> SegmentAnswer {
    try answer(try segment.parsed(), options)
  }

  /// The users in a segment; errors point into the text that was parsed.
  /// - Throws: as `count`.
  public func answer(
    _ parsed: ParsedExpression, _ options: QuestionOptions = QuestionOptions()
  ) throws -> SegmentAnswer {
    let (question, asOf) = try question(parsed, options)
    let (matched, pending) = try question.answer()
    return SegmentAnswer(
      matched: matched, pendingUsers: pending, universe: question.universe.count, asOf: asOf,
      timeZone: options.timeZone, expression: parsed.expression)
  }

  /// How a question is answered: the plan, and with `analyze` what each node found and took.
  /// - Throws: as `count`.
  public func explain(
    _ parsed: ParsedExpression, _ options: QuestionOptions = QuestionOptions(),
    analyze: Bool = false
  ) throws -> [PlanLine] {
    try question(parsed, options).question.explain(analyze: analyze).map(PlanLine.init)
  }

  private func question(
    _ parsed: ParsedExpression, _ options: QuestionOptions
  ) throws -> (question: Question, asOf: Timestamp) {
    let zone = try TimeZoneDatabase.rules(named: options.timeZone)
    let asOf = options.asOf ?? .now
    do {
      let question = try Question(
        parsed.expression, of: engine, asOf: asOf, zone: zone,
        allowsUnknownEventTypes: options.allowsUnknownEventTypes)
      return (question, asOf)
    } catch let error as BindError {
      throw error.parseError(in: parsed)
    }
  }

  /// Calls `body` with the id of each user of a set of ordinals, in order.
  /// - Throws: `.corrupt` where ids cannot be read, and whatever `body` throws.
  public func forEachUser(
    of users: RoaringBitmap, _ body: (Text) throws(MartletError) -> Void
  ) throws(MartletError) {
    try engine.users.forEachID(of: users, body)
  }
}

extension BindError {
  /// The error with the place in the source that names what is unknown.
  fileprivate func parseError(in parsed: ParsedExpression) -> ParseError {
    switch self {
    case .unknown(let role, let name, let known):
      let near = Suggestions.nearest(to: name.string, in: known.map(\.string))
      let hint =
        near.map { "did you mean \"\($0)\"?" }
        ?? (known.isEmpty ? "the store has no \(role.rawValue)s" : nil)
      return parsed.error(
        at: name, role: role == .eventType ? .eventType : .savedSegment,
        problem: "there is no \(role.rawValue) \"\(name)\" in this store", hint: hint)
    case .cycle(let names):
      let path = names.map { "\"\($0)\"" }.joined(separator: " → ")
      return parsed.error(
        at: names[0], role: .savedSegment, problem: "saved segments refer to each other: \(path)")
    }
  }
}
