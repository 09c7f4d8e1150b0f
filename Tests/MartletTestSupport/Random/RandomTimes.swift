import MartletModel

/// Instants where mistakes hide.
enum RandomTimes {
  private static let day: Int64 = 86_400_000
  private static let hour: Int64 = 3_600_000

  /// 2026: clock changes of New York (8 March), of Melbourne and Lord Howe (5 April), of Berlin
  /// (29 March); midnights of Kathmandu, Kiritimati and UTC; the ends of a quarter and of a week.
  static let anchors: [Int64] = [
    1_772_953_200_000, 1_775_318_400_000, 1_775_314_800_000, 1_774_746_000_000,
    1_773_512_100_000, 1_773_482_400_000, 1_775_001_600_000, 1_774_828_800_000,
  ]

  /// Lengths of time that a question also uses, so that differences fall on its bounds.
  static let spans: [Int64] = [
    1, 1000, 600_000, hour, 12 * hour, day, 2 * day, 3 * day, 7 * day, 14 * day, 30 * day,
  ]

  /// Near one of the anchors, or a round distance from another instant.
  static func instant(near previous: Timestamp?, _ random: inout SplitMix64) -> Timestamp {
    var time = previous?.milliseconds ?? random.pick(anchors)
    switch random.integer(0...9) {
    case 0, 1: break
    case 2, 3, 4: time += random.pick(spans) * (random.chance(0.5) ? 1 : -1)
    case 5: time += Int64(random.integer(-45...45)) * day
    case 6: time += Int64(random.integer(-48...48)) * hour / 2
    case 7: time = random.pick(anchors)
    default: time += Int64(random.integer(-20_000_000...20_000_000))
    }
    if random.chance(0.25) { time += random.pick([-1, 1]) }
    // Stays within a year around the anchors.
    return Timestamp(milliseconds: min(max(time, anchors[0] - 180 * day), anchors[0] + 180 * day))
  }
}
