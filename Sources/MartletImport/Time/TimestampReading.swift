/// How a timestamp was understood; an import says so, because a guess should be seen.
public enum TimestampReading: Int, Hashable, Sendable, CaseIterable {
  /// ISO-8601 with `Z` or an offset.
  case isoWithZone
  /// ISO-8601 without a zone, read in the zone of the options.
  case isoWithoutZone
  /// `YYYY-MM-DD`: that day's first instant in the zone of the options.
  case date
  case epochSeconds
  case epochMilliseconds
  case epochMicroseconds
}
