import MartletModel

/// Everything known about one user, in the order of questions: by (time, arrival).
struct NaiveUser {
  /// A value that a trait took; `.null` unsets.
  struct TraitValue {
    var time: Int64
    var arrival: Int
    var value: Value
  }

  var id: Text
  var events: [NaiveEvent] = []
  /// Ranks (places in `events`) of each type's events, ascending.
  var ranksByType: [Int: [Int]] = [:]
  var traits: [Int: [TraitValue]] = [:]
  /// The earliest time of an event or a trait update.
  var firstSeen = Int64.max

  /// Puts everything into (time, arrival) order.
  mutating func arrange() {
    events.sort { ($0.time, $0.arrival) < ($1.time, $1.arrival) }
    for (rank, event) in events.enumerated() {
      ranksByType[event.type, default: []].append(rank)
    }
    for name in traits.keys {
      traits[name]?.sort { ($0.time, $0.arrival) < ($1.time, $1.arrival) }
    }
  }

  /// The trait's value just before `asOf`, or nil where it is missing.
  func trait(_ name: Int, asOf: Int64) -> Value? {
    guard let latest = traits[name]?.last(where: { $0.time < asOf }) else { return nil }
    return latest.value == .null ? nil : latest.value
  }
}
