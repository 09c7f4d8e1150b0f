/// Who the users are and how active each is, without a byte of memory a user.
///
/// Users are ranked by activity: a rank's stratum (a slice of the normal curve) decides its weight,
/// and a user's number is the image of its rank under an affine permutation, so that a number
/// tells nothing about activity.
struct Population {
  let userCount: UInt64
  /// Strata `s` holds the ranks `rankStarts[s] ..< rankStarts[s + 1]`.
  let rankStarts: [UInt64]
  private let strata: WeightedChoice
  private let multiplier: UInt64
  private let offset: UInt64
  private let key: UInt64

  init(userCount: Int, seed: UInt64) {
    let count = UInt64(userCount)
    self.userCount = count
    key = RandomStream.key(seed, 0x5573_6572)
    // The highest rank is 2^32 / 2^32 of all users.
    let starts = ActivityTable.ranks.map { (count * $0) >> 32 }
    rankStarts = starts
    strata = WeightedChoice(
      ActivityTable.weights.indices.map { stratum in
        (starts[stratum + 1] - starts[stratum]) * ActivityTable.weights[stratum]
      })
    offset = RandomStream.mix(key) % count
    multiplier = Population.multiplier(coprimeTo: count)
  }

  var strataCount: Int { rankStarts.count - 1 }

  /// Draws a stratum in proportion to its users' activity.
  func pickStratum(_ random: UInt64) -> Int { strata.pick(random) }

  /// Draws a user's number in proportion to activity.
  func pick(_ stream: inout RandomStream) -> UInt64 {
    let stratum = strata.pick(stream.next())
    let (first, end) = (rankStarts[stratum], rankStarts[stratum + 1])
    return number(ofRank: first + stream.next(below: end - first))
  }

  /// The number, 0 ..< userCount, of the user of a rank.
  func number(ofRank rank: UInt64) -> UInt64 { (rank * multiplier + offset) % userCount }

  /// 64 bits that belong to the user for good.
  func nature(ofUser number: UInt64) -> UInt64 { RandomStream.key(key, number) }

  /// A multiplier near the golden section of `count`, so that successive ranks lie far apart.
  private static func multiplier(coprimeTo count: UInt64) -> UInt64 {
    var candidate = max(1, count * 2_654_435_769 >> 32)
    while greatestCommonDivisor(candidate, count) != 1 { candidate += 1 }
    return candidate
  }

  private static func greatestCommonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
    right == 0 ? left : greatestCommonDivisor(right, left % right)
  }
}
