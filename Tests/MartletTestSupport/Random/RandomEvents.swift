import MartletModel

/// Small, nasty histories: few users, so that everything collides; ties across types, rows that
/// arrive late, replays under one insert id, missing and mixed values, names that look like
/// keywords or like each other, times at the edges of days and of clock changes.
public struct RandomEvents: Sendable {
  public var userCount = 8
  /// Rows before replays.
  public var rowCount = 240
  /// Share of rows that are identify calls.
  public var traitShare = 0.12
  /// Share of rows that arrive out of the order of time.
  public var lateShare = 0.2
  /// Share of events that repeat an earlier one's insert id.
  public var replayShare = 0.08

  public init() {}

  public init(userCount: Int, rowCount: Int) {
    (self.userCount, self.rowCount) = (userCount, rowCount)
  }

  /// Rows in arrival order; the same seed gives the same rows.
  public func rows(seed: UInt64) -> [ArrivalRow] {
    var random = SplitMix64(seed: seed)
    let plain = (0..<max(0, userCount - Vocabulary.users.count)).map { Text("p\($0)") }
    let users = Array((Vocabulary.users.shuffled(using: &random) + plain).prefix(userCount))
    var times: [Timestamp] = []
    for _ in 0..<rowCount {
      let previous = times.isEmpty || random.chance(0.1) ? nil : random.pick(times)
      times.append(RandomTimes.instant(near: previous, &random))
    }
    var rows = times.sorted().map { time in
      random.chance(traitShare)
        ? ArrivalRow.traits(update(of: random.pick(users), at: time, &random))
        : ArrivalRow.event(event(of: random.pick(users), at: time, &random))
    }
    for place in rows.indices where random.chance(lateShare) {
      rows.swapAt(place, random.integer(place...rows.count - 1))
    }
    return withReplays(rows, &random)
  }

  /// The same rows as canonical NDJSON lines.
  public func lines(seed: UInt64) -> [String] { rows(seed: seed).map(CanonicalNDJSON.line) }

  private func event(
    of user: Text, at time: Timestamp, _ random: inout SplitMix64
  ) -> Event {
    var properties: [Text: Value] = [:]
    for name in Vocabulary.properties where random.chance(0.45) {
      properties[name] = RandomValues.value(of: name, &random)
    }
    let insertID = random.chance(0.4) ? Text("i\(random.integer(1...200))") : nil
    return Event(
      user: user, type: RandomValues.eventType(&random), at: time, properties,
      insertID: insertID)
  }

  private func update(
    of user: Text, at time: Timestamp, _ random: inout SplitMix64
  ) -> TraitUpdate {
    var traits: [Text: Value] = [:]
    for name in Vocabulary.traits where random.chance(0.5) {
      traits[name] = RandomValues.value(of: name, &random)
    }
    return TraitUpdate(user: user, at: time, traits)
  }

  /// Repeats some events later on. A replay may carry another time and other values: it is a
  /// replay all the same. With another type or user, or an insert id that only looks alike, it
  /// is none.
  private func withReplays(_ rows: [ArrivalRow], _ random: inout SplitMix64) -> [ArrivalRow] {
    var result: [ArrivalRow] = []
    for row in rows {
      result.append(row)
      guard random.chance(replayShare), case .event(var event) = random.pick(result) else {
        continue
      }
      if event.insertID == nil || random.chance(0.2) {
        event.insertID = random.pick(["i1", "é", "e\u{301}"])
      }
      switch random.integer(0...5) {
      case 0: event.timestamp = RandomTimes.instant(near: event.timestamp, &random)
      case 1: event.properties = [Vocabulary.properties[0]: 77]
      case 2: event.type = RandomValues.eventType(&random)
      case 3: event.user = random.pick(result).user
      default: break
      }
      result.append(.event(event))
    }
    return result
  }
}
