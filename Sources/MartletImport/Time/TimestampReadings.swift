/// How many timestamps were understood in which way.
public struct TimestampReadings: Hashable, Sendable {
  private var counts = [Int](repeating: 0, count: TimestampReading.allCases.count)

  public init() {}

  public subscript(reading: TimestampReading) -> Int {
    get { counts[reading.rawValue] }
    set { counts[reading.rawValue] = newValue }
  }

  /// Adds the counts of another tally.
  public mutating func add(_ other: TimestampReadings) {
    for reading in TimestampReading.allCases { self[reading] += other[reading] }
  }

  /// One remark for each way that involved a guess: `2000 timestamps read as epoch seconds`.
  /// - Parameter zone: the name of the zone that timestamps without one were read in.
  public func remarks(zone: String) -> [String] {
    let phrases: [(TimestampReading, String)] = [
      (.isoWithoutZone, "without a zone read as \(zone)"),
      (.date, "without a time of day read as midnight \(zone)"),
      (.epochSeconds, "read as epoch seconds"),
      (.epochMilliseconds, "read as epoch milliseconds"),
      (.epochMicroseconds, "read as epoch microseconds"),
    ]
    return phrases.filter { self[$0.0] > 0 }.map {
      "\(self[$0.0]) timestamp\(self[$0.0] == 1 ? "" : "s") \($0.1)"
    }
  }
}
