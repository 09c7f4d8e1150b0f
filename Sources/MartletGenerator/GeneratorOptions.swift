public import MartletModel

/// What to generate. The same options give the same bytes on every machine.
public struct GeneratorOptions: Hashable, Sendable {
  /// How users and times are drawn.
  public enum Profile: String, Hashable, Sendable, CaseIterable {
    /// Uniform times, log-normal activity, no structure: the hardest data to compress.
    case uniform
    /// Sessions, day and week rhythm, growth, churn, a funnel, traits, properties of every kind.
    case realistic
  }

  /// Size of the population that events are drawn from. A user who draws no event never appears.
  public var users: Int
  /// Distinct events: replayed duplicates and trait updates come on top.
  public var events: Int
  /// Another seed gives other users and events of the same kind.
  public var seed: UInt64
  /// Length of the time range, in days of 24 hours.
  public var days: Int
  /// How users and times are drawn.
  public var profile: Profile
  /// The range's first instant.
  public var start: Timestamp
  /// Share (0...1) of events that arrive after events with later timestamps.
  public var lateShare: Double
  /// Share (0...1) of events that arrive a second time, byte for byte. Needs `insertIDs`.
  public var duplicateShare: Double
  /// Whether each event carries an insert id.
  public var insertIDs: Bool
  /// Whether the realistic profile writes trait updates; the uniform one has none.
  public var traits: Bool
  /// Whether the realistic profile writes list properties; CSV cannot hold them.
  public var lists: Bool

  /// 2026-01-01T00:00:00Z
  public static let defaultStart = Timestamp(milliseconds: 1_767_225_600_000)

  /// Makes options; `EventGenerator` checks them.
  public init(
    users: Int, events: Int, seed: UInt64, days: Int = 180, profile: Profile = .realistic,
    start: Timestamp = defaultStart, lateShare: Double = 0, duplicateShare: Double = 0,
    insertIDs: Bool = false, traits: Bool = true, lists: Bool = true
  ) {
    (self.users, self.events, self.seed, self.days) = (users, events, seed, days)
    (self.profile, self.start) = (profile, start)
    (self.lateShare, self.duplicateShare) = (lateShare, duplicateShare)
    (self.insertIDs, self.traits, self.lists) = (insertIDs, traits, lists)
  }

  /// The range's end: no event is at or after it.
  public var end: Timestamp {
    Timestamp(milliseconds: start.milliseconds + Int64(days) * CivilDate.millisecondsPerDay)
  }

  /// - Throws: `usage` where an option is out of its range.
  public func validate() throws(MartletError) {
    try require(users >= 1 && users <= Limits.users, "users must be 1...\(Limits.users)")
    try require(events >= 0 && events <= 1 << 40, "events must be 0...\(1 << 40)")
    try require(days >= 1 && days <= 3650, "days must be 1...3650")
    try require((0...1).contains(lateShare), "the late share must be 0...1")
    try require((0...1).contains(duplicateShare), "the duplicate share must be 0...1")
    try require(
      start >= .earliest && end <= .latest, "the time range must lie within years 1...9999")
    try require(
      duplicateShare == 0 || insertIDs, "duplicates are told by their insert ids",
      remedy: "turn insert ids on")
  }

  private func require(
    _ condition: Bool, _ reason: String, remedy: String? = nil
  ) throws(MartletError) {
    if !condition { throw MartletError(.usage, place: "generator", reason, remedy: remedy) }
  }
}
