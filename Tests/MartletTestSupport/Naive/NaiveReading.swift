import MartletLanguage
import MartletModel

/// One question's frame: its universe, its instant, its zone. Every condition becomes one truth
/// a user of the universe.
struct NaiveReading {
  let names: [Text: Int]
  /// The universe. Events at or after `asOf` are still in here; `Chosen` leaves them out.
  let users: [NaiveUser]
  let asOf: Int64
  let zone: NaiveZone
  let savedSegments: [Text: SegmentExpression]
  /// Saved segments that are being read, to notice one that contains itself.
  var open: Set<Text> = []

  /// One truth for each of `users`.
  func truths(of expression: SegmentExpression) throws -> [Truth] {
    switch expression {
    case .everyone:
      return users.map { _ in .yes }
    case .saved(let name):
      return try truths(ofSaved: name)
    case .trait(let name, let test):
      return each { user in
        ValueRules.holds(test, for: names[name].flatMap { user.trait($0, asOf: asOf) })
      }
    case .did(let selection):
      let chosen = choose(selection)
      return each { !chosen.ranks(of: $0).isEmpty }
    case .around(let selection, let span, let side, let occurrence):
      return around(selection, span, side, occurrence)
    case .comparison(let left, let comparison, let right):
      return compare(left, comparison, right)
    case .rolling(let selection, let comparison, let number, let span):
      return rolling(selection, comparison, number, span)
    case .occurrence(let occurrence, let window):
      let (chosen, outer) = (choose(occurrence), interval(window))
      return each { user in
        chosen.ranks(of: user).first.map { outer.contains(user.events[$0].time) } ?? false
      }
    case .sequence(let anchor, let steps, let property, let span):
      return sequence(anchor, steps, property, span)
    case .absence(let anchor, let selection, let property, let span):
      return absence(anchor, selection, property, span)
    case .not(let inner):
      return try truths(of: inner).map { !$0 }
    case .and(let operands):
      return try combine(operands, by: min)
    case .or(let operands):
      return try combine(operands, by: max)
    }
  }

  func each(_ holds: (NaiveUser) -> Bool) -> [Truth] { users.map { Truth(holds($0)) } }

  private func combine(
    _ operands: [SegmentExpression], by pick: (Truth, Truth) -> Truth
  ) throws -> [Truth] {
    precondition(!operands.isEmpty, "and, or have operands")
    var result = try truths(of: operands[0])
    for operand in operands.dropFirst() {
      result = zip(result, try truths(of: operand)).map(pick)
    }
    return result
  }

  private func truths(ofSaved name: Text) throws -> [Truth] {
    guard let expression = savedSegments[name] else {
      throw MartletError(.usage, "no saved segment \"\(name)\"")
    }
    guard !open.contains(name) else {
      throw MartletError(.usage, "the saved segment \"\(name)\" contains itself")
    }
    var inner = self
    inner.open.insert(name)
    return try inner.truths(of: expression)
  }
}
