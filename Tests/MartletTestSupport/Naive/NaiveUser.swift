import MartletModel

/// Everything known about one user, in the order of questions: by (time, arrival).
final class NaiveUser: Sendable {
  /// A value that a trait took; `.null` unsets.
  struct TraitValue {
    var time: Int64
    var arrival: Int
    var value: Value
  }

  let id: Text
  let events: [NaiveEvent]
  /// Ranks (places in `events`) of each type's events, ascending.
  let ranksByType: [Int: [Int]]
  let traits: [Int: [TraitValue]]
  /// The earliest time of an event or a trait update.
  let firstSeen: Int64

  /// Puts rows of any order into (time, arrival) order.
  init(id: Text, firstSeen: Int64, events: [NaiveEvent], traits: [Int: [TraitValue]]) {
    (self.id, self.firstSeen) = (id, firstSeen)
    self.events = events.sorted { ($0.time, $0.arrival) < ($1.time, $1.arrival) }
    self.traits = traits.mapValues { values in
      values.sorted { ($0.time, $0.arrival) < ($1.time, $1.arrival) }
    }
    ranksByType = Dictionary(grouping: self.events.indices) { [events = self.events] rank in
      events[rank].type
    }
  }

  /// The trait's value just before `asOf`, or nil where it is missing.
  func trait(_ name: Int, asOf: Int64) -> Value? {
    let latest = traits[name]?.last { $0.time < asOf }
    // Spelled out: a bare `nil` could become `Value.null`.
    guard let latest, latest.value != .null else { return Value?.none }
    return latest.value
  }
}
