/// What is fixed about a user, all of it drawn from 64 bits.
struct Inhabitant {
  let number: UInt64
  private let nature: UInt64
  let country: Int

  private static let countryChoice = WeightedChoice(Country.all.map(\.share))
  private static let planChoice = WeightedChoice(Plan.allCases.map(\.share))

  init(number: UInt64, nature: UInt64) {
    (self.number, self.nature) = (number, nature)
    country = Inhabitant.countryChoice.pick(nature)
  }

  /// Bits that belong to the user and one aspect (`salt`) of its life.
  func bits(_ salt: UInt64) -> UInt64 { RandomStream.mix(nature ^ (salt << 40 | 0x5A17)) }

  /// The index of the platform that the user prefers.
  var platform: Int { [0, 0, 0, 1, 1, 1, 2, 3][Int(bits(1) & 7)] }

  /// Hours from sign-up to churn.
  var lifetimeHours: Int { Int(QuantileTable.lifetimeHours.pick(bits(2))) }

  /// Whether the user is in the habit of coming in a day: some weeks pass without, and some days.
  func comes(onDay day: Int) -> Bool {
    let weekday = UInt64(day) + bits(3) % 7
    let weekly = 64 + bits(4) % 192
    guard bits(1000 + weekday / 7) & 255 < weekly else { return false }
    return bits(100_000 + UInt64(day)) & 255 < 154
  }

  /// The plan in an hour: up to two changes, at hours of the user's own.
  func plan(inHour hour: Int, of hourCount: Int) -> Int {
    let firstChange = bits(5) % UInt64(2 * hourCount)
    let secondChange = bits(6) % UInt64(4 * hourCount)
    let changes = (UInt64(hour) >= firstChange ? 1 : 0) + (UInt64(hour) >= secondChange ? 1 : 0)
    return Inhabitant.planChoice.pick(bits(10 + UInt64(changes)))
  }

  /// Paid seats in an hour: they follow the plan's changes and the quarters.
  func seats(inHour hour: Int) -> UInt64 { 1 + bits(7) % 5 + UInt64(hour / (24 * 91)) }

  /// The answer to the last quarter's survey, 0...10; nil where none was given.
  func promoterScore(inHour hour: Int) -> UInt64? {
    let answer = bits(200 + UInt64(hour / (24 * 91)))
    guard answer & 3 != 0 else { return nil }
    // Two draws, the better one: most users are fairly happy.
    return max((answer >> 8) % 11, (answer >> 16) % 11)
  }
}
