public import MartletLanguage
public import MartletModel

/// Answers segment expressions by reading every event of every user: slow, and plainly right.
///
/// It shares nothing with the engine but the syntax tree and the nouns, so that the two can be
/// held against each other.
public struct NaiveEvaluator {
  let users: [NaiveUser]
  /// Event types and property and trait names, numbered.
  let names: [Text: Int]

  /// Sorts the store's rows by user and time.
  public init(_ store: NaiveStore) {
    var names: [Text: Int] = [:]
    var userNumbers: [Text: Int] = [:]
    var users: [NaiveUser] = []
    func number(_ name: Text) -> Int {
      if let known = names[name] { return known }
      let next = names.count
      names[name] = next
      return next
    }
    for (arrival, row) in store.rows.enumerated() {
      let place: Int
      if let known = userNumbers[row.user] {
        place = known
      } else {
        place = users.count
        userNumbers[row.user] = place
        users.append(NaiveUser(id: row.user))
      }
      let time = row.timestamp.milliseconds
      users[place].firstSeen = min(users[place].firstSeen, time)
      switch row {
      case .event(let event):
        let properties = event.properties.compactMap { name, value in
          value == .null ? nil : (name: number(name), value: value)
        }
        users[place].events.append(
          NaiveEvent(
            type: number(event.type), time: time, arrival: arrival, properties: properties))
      case .traits(let update):
        for (name, value) in update.traits {
          users[place].traits[number(name), default: []].append(
            NaiveUser.TraitValue(time: time, arrival: arrival, value: value))
        }
      }
    }
    for place in users.indices { users[place].arrange() }
    (self.users, self.names) = (users, names)
  }

  /// Who matches, who is pending, and the universe, as of an instant.
  ///
  /// - Throws: `MartletError` where a saved segment is unknown or contains itself.
  public func evaluate(
    _ expression: SegmentExpression, asOf: Timestamp, timeZone: NaiveZone = .utc,
    savedSegments: [Text: SegmentExpression] = [:]
  ) throws -> NaiveAnswer {
    let reading = NaiveReading(
      names: names, users: users.filter { $0.firstSeen < asOf.milliseconds },
      asOf: asOf.milliseconds, zone: timeZone, savedSegments: savedSegments)
    let truths = try reading.truths(of: expression)
    func ids(_ wanted: Truth) -> Set<Text> {
      Set(zip(reading.users, truths).lazy.filter { $0.1 == wanted }.map { $0.0.id })
    }
    return NaiveAnswer(
      matched: ids(.yes), pending: ids(.pending), universe: Set(reading.users.map(\.id)))
  }
}
