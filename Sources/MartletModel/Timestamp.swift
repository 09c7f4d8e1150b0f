/// An instant: milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Milliseconds since the epoch; negative before 1970.
  public var milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The first instant that a store accepts, 0001-01-01T00:00:00Z.
  public static let earliest = Timestamp(milliseconds: -62_135_596_800_000)
  /// The last instant that a store accepts, 9999-12-31T23:59:59.999Z.
  public static let latest = Timestamp(milliseconds: 253_402_300_799_999)

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.milliseconds < right.milliseconds
  }
}

extension Timestamp {
  /// The system clock's instant.
  public static var now: Timestamp {
    let sinceEpoch = SystemReading.nanosecondsSinceEpoch()
    return Timestamp(milliseconds: sinceEpoch / 1_000_000)
  }
}

extension Timestamp: CustomStringConvertible {
  /// ISO-8601 in UTC with milliseconds, `2026-03-01T09:05:11.120Z`.
  public var description: String {
    let (day, rest) = milliseconds.quotientAndRemainder(flooring: CivilDate.millisecondsPerDay)
    let date = CivilDate(daysSinceEpoch: Int(day))
    let time = [
      (rest / 3_600_000, 2), (rest / 60_000 % 60, 2), (rest / 1000 % 60, 2), (rest % 1000, 3),
    ].map { zeroPadded($0.0, width: $0.1) }
    return "\(date)T\(time[0]):\(time[1]):\(time[2]).\(time[3])Z"
  }
}

func zeroPadded(_ value: some BinaryInteger, width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
