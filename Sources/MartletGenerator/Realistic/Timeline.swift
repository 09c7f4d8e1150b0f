import MartletModel

/// How many events begin in each hour, and how many users have signed up by then.
struct Timeline {
  /// Share of users known before the range, of 100.
  private static let knownAtStart: UInt64 = 40
  /// Events of an hour come in multiples of this, so that few events still make whole sessions.
  private static let quantum: UInt64 = 32

  /// The hours of the range. No session begins in the last, so that all end within the range.
  let hourCount: Int
  let startMilliseconds: Int64
  /// Events of the sessions that begin before each hour; one entry more than hours.
  private let eventsBefore: [UInt64]
  /// Share of users, of 2^32, who signed up before each hour; one entry more than hours.
  private let signedUpBefore: [UInt64]
  /// Per hour: where the sign-ups that no earlier hour had events for begin.
  private let signUpsFrom: [Int]

  init(_ options: GeneratorOptions) {
    hourCount = options.days * 24
    startMilliseconds = options.start.milliseconds
    let rhythm = Timeline.rhythm(options, hours: hourCount)
    let last = UInt64(hourCount - 1)
    // Activity grows by 40 % over the range, sign-ups double.
    let activity = rhythm.enumerated().map { hour, weight in weight * (5 * last + 2 * UInt64(hour))
    }
    let signUps = rhythm.enumerated().map { hour, weight in weight * (last + UInt64(hour)) }
    let events = UInt64(options.events)
    eventsBefore = Timeline.shares(of: events, weights: activity).map { count in
      count == events ? count : count - count % Timeline.quantum
    }
    let known = (1 << 32) * Timeline.knownAtStart / 100
    signedUpBefore = Timeline.shares(of: 1 << 32 - known, weights: signUps).map { known + $0 }
    var (from, pending) = ([Int](), 0)
    for hour in 0..<hourCount {
      from.append(pending)
      if eventsBefore[hour + 1] > eventsBefore[hour] { pending = hour + 1 }
    }
    signUpsFrom = from
  }

  /// Events of the sessions that begin in an hour.
  func events(inHour hour: Int) -> UInt64 { eventsBefore[hour + 1] - eventsBefore[hour] }

  /// How many of `members` users, in order of sign-up, signed up before an hour: at least one.
  private func signedUp(of members: UInt64, before hour: Int) -> UInt64 {
    (members * signedUpBefore[hour] + 0xFFFF_FFFF) >> 32
  }

  /// How many of `members` users had their first session before an hour: at least one.
  func known(of members: UInt64, inHour hour: Int) -> UInt64 {
    signedUp(of: members, before: signUpsFrom[hour])
  }

  /// Those of `members` users, in order of sign-up, whose first session begins in an hour.
  func signUps(of members: UInt64, inHour hour: Int) -> Range<UInt64> {
    known(of: members, inHour: hour)..<signedUp(of: members, before: hour + 1)
  }

  /// The hour of the sign-up of the user at `position` of `members`; 0 for those known before.
  /// - Complexity: O(log hours).
  func signUpHour(position: UInt64, of members: UInt64) -> Int {
    var (low, high) = (0, hourCount)
    while low < high {
      let middle = (low + high) / 2
      if signedUp(of: members, before: middle) > position {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return max(0, low - 1)
  }

  /// Weight of each hour: the rhythms of all countries on top of each other; the last hour rests.
  private static func rhythm(_ options: GeneratorOptions, hours: Int) -> [UInt64] {
    let first = Int(options.start.milliseconds.quotientAndRemainder(flooring: 3_600_000).quotient)
    return (0..<hours).map { hour in
      guard hour < hours - 1 else { return 0 }
      let weight = Country.all.reduce(0) { sum, country in
        sum + country.share
          * Rhythm.weight(hourSinceEpoch: first + hour, offset: country.hoursFromUTC)
      }
      return weight >> 10
    }
  }

  /// The total's parts before each weight, and the total.
  private static func shares(of total: UInt64, weights: [UInt64]) -> [UInt64] {
    let sum = weights.reduce(0, +)
    var (parts, before): ([UInt64], UInt64) = ([0], 0)
    for weight in weights {
      before += weight
      // Dividing the full range would overflow where the last weight is reached.
      parts.append(
        before == sum
          ? total : sum.dividingFullWidth(total.multipliedFullWidth(by: before)).quotient)
    }
    return parts
  }
}
