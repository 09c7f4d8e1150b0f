extension TimeZoneRules {
  /// The instant at which this zone's clocks show the date and time.
  ///
  /// In a gap (clocks put forward) the time moves forward by the gap's length; of the two
  /// instants in an overlap (clocks put back) it is the earlier. Same as `java.time`.
  /// - Parameter millisecondOfDay: may exceed a day.
  public func instant(of date: CivilDate, millisecondOfDay: Int64) -> Timestamp {
    let local =
      Int64(date.daysSinceEpoch) * CivilDate.millisecondsPerDay + millisecondOfDay
    // No offset reaches two days, so the instant lies in one of the segments around.
    let reach = 2 * CivilDate.millisecondsPerDay
    let around = segments(
      from: Timestamp(milliseconds: local - reach), to: Timestamp(milliseconds: local + reach))
    for (index, segment) in around.enumerated() {
      let instant = local - Int64(segment.offsetSeconds) * 1000
      let isBeforeEnd = index + 1 == around.count || instant < around[index + 1].start
      // Earlier than this segment and not in the one before: the gap between them.
      if instant < segment.start {
        return Timestamp(milliseconds: local - Int64(around[index - 1].offsetSeconds) * 1000)
      }
      if isBeforeEnd { return Timestamp(milliseconds: instant) }
    }
    preconditionFailure("the last segment has no end")
  }

  /// The offsets that hold in `[from, to)`: each from its `start` (milliseconds since the epoch)
  /// to the next one's. The first starts at `from`; neighbours differ.
  /// - Complexity: O(*k* log *n*), where *k* is the number of segments, *n* of transitions.
  public func segments(
    from: Timestamp, to: Timestamp
  ) -> [(start: Int64, offsetSeconds: Int)] {
    var found = [(start: from.milliseconds, offsetSeconds: offsetSeconds(at: from))]
    var second = from.milliseconds.quotientAndRemainder(flooring: 1000).quotient
    while let next = nextTransition(after: second), next.second * 1000 < to.milliseconds {
      found.append((next.second * 1000, next.offset))
      second = next.second
    }
    return found
  }
}
