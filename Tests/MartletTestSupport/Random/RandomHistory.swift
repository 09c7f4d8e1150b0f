import MartletModel

/// Random events, and what else happens to a store meanwhile: links between ids, before, between
/// and after their events; replays under either id; users who are forgotten and come back; times
/// that expire.
public struct RandomHistory: Sendable {
  public var events: RandomEvents
  /// Links for each user; most join two who have events.
  public var linksPerUser = 0.5
  /// Users who are forgotten, at most; most of them are admitted again.
  public var forgottenMax = 2
  /// How often some events expire.
  public var expiryShare = 0.35

  public init(_ events: RandomEvents = RandomEvents()) { self.events = events }

  /// Events and trait updates only.
  public static func rowsOnly(_ events: RandomEvents = RandomEvents()) -> RandomHistory {
    var history = RandomHistory(events)
    (history.linksPerUser, history.forgottenMax, history.expiryShare) = (0, 0, 0)
    return history
  }

  /// What is done, in order; the same seed gives the same steps.
  public func steps(seed: UInt64) -> [HistoryStep] {
    var random = SplitMix64(seed: seed &+ 0x1DE4_717F)
    let rows = events.rows(seed: seed)
    let ids = Array(Set(rows.map(\.user))).sorted()
    guard ids.count > 1 else { return rows.map(HistoryStep.row) }
    var steps = rows.map(HistoryStep.row)
    let linkCount = Int(linksPerUser * Double(ids.count) * 2)
    for _ in 0..<(linkCount > 0 ? random.integer(0...linkCount) : 0) {
      addLink(between: ids, to: &steps, &random)
    }
    for _ in 0..<random.integer(0...forgottenMax) { addForgetting(of: ids, to: &steps, &random) }
    if random.chance(expiryShare) {
      let times = rows.map(\.timestamp).sorted()
      let instant = times[random.integer(0...times.count / 4)]
      insert(.expire(before: instant), into: &steps, &random)
    }
    scatterTimes(of: &steps, &random)
    return steps
  }

  /// A link, and an event that is replayed under the other id.
  private func addLink(
    between ids: [Text], to steps: inout [HistoryStep], _ random: inout SplitMix64
  ) {
    // Some ids are named by links only.
    let all = ids + ["ghost", "gh\u{F4}st"]
    let from = random.pick(random.chance(0.15) ? all : ids)
    let to = random.pick(random.chance(0.15) ? all : ids)
    guard from != to else { return }
    insert(.link(random.chance(0.7) ? .alias : .merge, from: from, to: to), into: &steps, &random)
    let replayed = steps.compactMap { step -> Event? in
      guard case .row(.event(let event)) = step, event.user == from || event.user == to,
        event.insertID != nil
      else { return nil }
      return event
    }
    guard !replayed.isEmpty else { return }
    for _ in 0..<random.integer(0...3) {
      var event = random.pick(replayed)
      if random.chance(0.7) { event.user = event.user == from ? to : from }
      insert(.row(.event(event)), into: &steps, &random)
    }
  }

  private func addForgetting(
    of ids: [Text], to steps: inout [HistoryStep], _ random: inout SplitMix64
  ) {
    let wanted = random.chance(0.2) ? [random.pick(ids), "nobody"] : [random.pick(ids)]
    let place = random.integer(0...steps.count)
    steps.insert(.forget(wanted), at: place)
    guard random.chance(0.7) else { return }
    // Other ids of the user stay out, as a rule.
    let admitted = random.chance(0.2) ? ids : wanted
    steps.insert(.admit(admitted), at: random.integer(place + 1...steps.count))
  }

  /// A few times lie decades off.
  private func scatterTimes(of steps: inout [HistoryStep], _ random: inout SplitMix64) {
    guard linksPerUser > 0, random.chance(0.3) else { return }
    for place in steps.indices where random.chance(0.01) {
      guard case .row(var row) = steps[place] else { continue }
      row.timestamp = Timestamp(
        milliseconds: random.pick([86_400_000 * 400, 4_102_444_800_000, -1]))
      steps[place] = .row(row)
    }
  }

  private func insert(
    _ step: HistoryStep, into steps: inout [HistoryStep], _ random: inout SplitMix64
  ) {
    steps.insert(step, at: random.integer(0...steps.count))
  }
}
