/// A time zone's history and future: which offset from UTC holds at which instant.
///
/// Made from the bytes of a TZif file (RFC 8536), the compiled form of the IANA database. Years
/// beyond the file's last transition follow its footer, which repeats every 400 years like the
/// calendar it is written in.
public struct TimeZoneRules: Sendable {
  /// The IANA name, `Australia/Melbourne`.
  public let name: String
  /// When the offset changes, in seconds since the epoch, ascending.
  let transitions: [Int64]
  /// `offsets[0]` holds before the first transition, `offsets[i + 1]` from `transitions[i]` on.
  let offsets: [Int]
  /// From this second on the last 400 years before it repeat; nil where the last offset stays.
  let cycleEnd: Int64?

  /// Seconds of 400 years of the Gregorian calendar, a whole number of weeks.
  static let cycleSeconds: Int64 = 146_097 * 86_400

  /// Coordinated Universal Time; needs no database.
  public static let utc = TimeZoneRules(
    name: "UTC", transitions: [], offsets: [0], cycleEnd: nil)

  init(name: String, transitions: [Int64], offsets: [Int], cycleEnd: Int64?) {
    precondition(offsets.count == transitions.count + 1)
    (self.name, self.cycleEnd) = (name, cycleEnd)
    (self.transitions, self.offsets) = (transitions, offsets)
  }

  /// Seconds to add to UTC for local time at the instant.
  /// - Complexity: O(log *n*), where *n* is the number of transitions.
  public func offsetSeconds(at instant: Timestamp) -> Int {
    let second = instant.milliseconds.quotientAndRemainder(flooring: 1000).quotient
    return offsets[transitionCount(through: second - shift(of: second))]
  }

  /// The calendar day of the instant in this zone, in days since 1970-01-01.
  /// - Complexity: O(log *n*), where *n* is the number of transitions.
  public func dayNumber(of instant: Timestamp) -> Int {
    let local = instant.milliseconds + Int64(offsetSeconds(at: instant)) * 1000
    return Int(local.quotientAndRemainder(flooring: CivilDate.millisecondsPerDay).quotient)
  }

  /// Seconds, a multiple of the cycle, by which the second lies beyond what is listed.
  private func shift(of second: Int64) -> Int64 {
    guard let cycleEnd, second >= cycleEnd else { return 0 }
    return ((second - cycleEnd) / Self.cycleSeconds + 1) * Self.cycleSeconds
  }

  /// How many transitions lie at or before the second.
  private func transitionCount(through second: Int64) -> Int {
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The first change of offset after the second, and the offset from then on.
  func nextTransition(after second: Int64) -> (second: Int64, offset: Int)? {
    let shift = shift(of: second)
    let index = transitionCount(through: second - shift)
    if index < transitions.count, cycleEnd.map({ transitions[index] < $0 }) ?? true {
      return (transitions[index] + shift, offsets[index + 1])
    }
    guard let cycleEnd else { return nil }
    // The rest of this cycle has no change; go on at the start of the next.
    let first = transitionCount(through: cycleEnd - Self.cycleSeconds - 1)
    guard first < transitions.count else { return nil }
    return (transitions[first] + Self.cycleSeconds + shift, offsets[first + 1])
  }
}
