import MartletModel

/// Gathers a store's rows by user, whatever id they were sent under; names as numbers.
struct NaiveIndex {
  private struct Draft {
    var id: Text
    var firstSeen = Int64.max
    var events: [NaiveEvent] = []
    var traits: [Int: [NaiveUser.TraitValue]] = [:]
  }

  /// Event types and property and trait names, numbered.
  private(set) var names: [Text: Int] = [:]
  private var drafts: [Draft] = []

  /// In order of first arrival.
  var users: [NaiveUser] {
    drafts.map {
      NaiveUser(id: $0.id, firstSeen: $0.firstSeen, events: $0.events, traits: $0.traits)
    }
  }

  init(_ store: NaiveStore) {
    var places: [NaiveStore.Life: Int] = [:]
    for entry in store.entries {
      let user = store.root(of: entry.life)
      let place = places[user] ?? drafts.count
      if place == drafts.count {
        places[user] = place
        drafts.append(Draft(id: user.id))
      }
      drafts[place].firstSeen = min(drafts[place].firstSeen, entry.row.timestamp.milliseconds)
      add(entry.row, entry.arrival, to: place)
    }
  }

  private mutating func add(_ row: ArrivalRow, _ arrival: Int, to place: Int) {
    let time = row.timestamp.milliseconds
    switch row {
    case .event(let event):
      var properties: [(name: Int, value: Value)] = []
      for (name, value) in event.properties where value != .null {
        properties.append((number(name), value))
      }
      drafts[place].events.append(
        NaiveEvent(
          type: number(event.type), time: time, arrival: arrival, properties: properties))
    case .traits(let update):
      for (name, value) in update.traits {
        drafts[place].traits[number(name), default: []].append(
          NaiveUser.TraitValue(time: time, arrival: arrival, value: value))
      }
    }
  }

  private mutating func number(_ name: Text) -> Int {
    if let known = names[name] { return known }
    let next = names.count
    names[name] = next
    return next
  }
}
