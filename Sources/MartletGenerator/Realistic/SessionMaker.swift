import MartletModel

/// Makes the sessions that begin in an hour. A pure function of the options and the hour.
struct SessionMaker {
  static let hourMilliseconds: Int64 = 3_600_000
  /// Draws until a user is awake, in the habit and not churned; then the last one comes anyway.
  private static let attempts = 64

  let timeline: Timeline
  let population: Population
  private let key: UInt64
  private let traits: Bool
  private let firstHour: Int
  private let missions = WeightedChoice(Mission.all.map(\.weight))
  private let background = WeightedChoice(Mission.background)

  init(_ options: GeneratorOptions) {
    timeline = Timeline(options)
    population = Population(userCount: options.users, seed: options.seed)
    key = RandomStream.key(options.seed, 0x5365_7373_696F_6E73)
    traits = options.traits
    firstHour = Int(
      options.start.milliseconds.quotientAndRemainder(flooring: 3_600_000).quotient)
  }

  /// Appends the rows within `range` of the sessions that begin in an hour.
  func append(
    hour: Int, within range: Range<Int64>, to rows: inout [SessionEvent]
  ) {
    var budget = timeline.events(inHour: hour)
    guard budget > 0 else { return }
    var stream = RandomStream(key: RandomStream.key(key, UInt64(hour)))
    appendSignUps(hour: hour, within: range, to: &rows, &budget, &stream)
    while budget > 0 {
      let user = pickUser(hour: hour, &stream)
      let mission = Mission.all[missions.pick(stream.next())]
      budget -= appendSession(
        of: user, mission, hour: hour, within: range, limit: budget, to: &rows, stream.next())
    }
  }

  /// First sessions take at most half of the hour's events; who finds no room starts without one.
  private func appendSignUps(
    hour: Int, within range: Range<Int64>, to rows: inout [SessionEvent],
    _ budget: inout UInt64, _ stream: inout RandomStream
  ) {
    var room = budget / 2
    for step in 0..<population.strataCount {
      // Another stratum first each hour, so that none is served last every time.
      let stratum = (step + hour * 37) % population.strataCount
      let first = population.rankStarts[stratum]
      let members = population.rankStarts[stratum + 1] - first
      for position in timeline.signUps(of: members, inHour: hour) {
        guard room > 0 else { return }
        let user = inhabitant(ofRank: first + position)
        let count = appendSession(
          of: user, .signUp, hour: hour, within: range, limit: room, to: &rows, stream.next())
        room -= count
        budget -= count
      }
    }
  }

  private func inhabitant(ofRank rank: UInt64) -> Inhabitant {
    let number = population.number(ofRank: rank)
    return Inhabitant(number: number, nature: population.nature(ofUser: number))
  }

  private func pickUser(hour: Int, _ stream: inout RandomStream) -> Inhabitant {
    var attempt = 1
    while true {
      let stratum = population.pickStratum(stream.next())
      let first = population.rankStarts[stratum]
      let members = population.rankStarts[stratum + 1] - first
      let bits = stream.next()
      let known = timeline.known(of: members, inHour: hour)
      let position = bits.multipliedFullWidth(by: known).high
      let user = inhabitant(ofRank: first + position)
      if attempt == SessionMaker.attempts { return user }
      attempt += 1
      let offset = Country.all[user.country].hoursFromUTC
      let awake = Rhythm.weight(hourSinceEpoch: firstHour + hour, offset: offset)
      if bits & 1023 < awake, user.comes(onDay: hour / 24),
        !hasChurned(user, position: position, of: members, by: hour)
      {
        return user
      }
    }
  }

  private func hasChurned(
    _ user: Inhabitant, position: UInt64, of members: UInt64, by hour: Int
  ) -> Bool {
    let lifetime = user.lifetimeHours
    guard lifetime < hour else { return false }
    return timeline.signUpHour(position: position, of: members) + lifetime < hour
  }

  /// Appends one session's rows within `range`; gives the count of all its events, at least one.
  private func appendSession(
    of user: Inhabitant, _ mission: Mission, hour: Int, within range: Range<Int64>,
    limit: UInt64, to rows: inout [SessionEvent], _ session: UInt64
  ) -> UInt64 {
    var stream = RandomStream(key: session)
    let length = min(limit, QuantileTable.sessionEvents.pick(stream.next()))
    let start = stream.next(below: UInt64(SessionMaker.hourMilliseconds))
    var (elapsed, step, index): (Int64, Int, UInt16) = (0, 0, 0)
    let begin = timeline.startMilliseconds + Int64(hour) * SessionMaker.hourMilliseconds
    func append(_ type: UInt8) {
      let milliseconds = begin + Int64(start) + elapsed
      if range.contains(milliseconds) {
        rows.append(
          SessionEvent(
            milliseconds: milliseconds, user: UInt32(user.number), type: type, index: index,
            session: session))
      }
      index += 1
    }
    let isFirst = mission.weight == 0
    // Who comes back goes on where an earlier session stopped, as often as not.
    step = isFirst ? 0 : Int(stream.next(below: UInt64(min(3, (mission.steps.count + 1) / 2))))
    if traits, isFirst || stream.next(below: 3) == 0 { append(SessionEvent.traitUpdate) }
    for event in 0..<length {
      let bits = stream.next()
      if event > 0 {
        let gap = Int64(QuantileTable.gapMilliseconds.pick(bits))
        guard elapsed + gap < SessionMaker.hourMilliseconds else { return event }
        elapsed += gap
      }
      if step < mission.steps.count, event == 0 || bits & 255 < mission.pace {
        append(mission.steps[step])
        step += 1
      } else {
        append(UInt8(background.pick(stream.next())))
      }
    }
    return length
  }
}
