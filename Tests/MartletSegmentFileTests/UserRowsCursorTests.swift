import MartletModel
import MartletTestSupport
import Testing

@testable import MartletSegmentFile

/// Where the rows of a few users lie among those of many.
@Suite struct UserRowsCursorTests {
  @Test(arguments: [81, 82, 83] as [UInt64]) func theRowsAreThoseOfAllCounts(_ seed: UInt64) throws
  {
    var random = SplitMix64(seed: seed)
    // Several pages of counts, several keys, a gap in which no user has rows.
    let users = (0..<20_000 as Range<UInt32>).filter { _ in random.chance(0.9) }
      .map { $0 < 9_000 ? $0 * 13 : $0 * 13 + 200_000 }
    var sample = SegmentSample()
    for user in users {
      for row in 0..<(random.chance(0.2) ? random.integer(2...9) : 1) {
        sample.append(user, "A", at: Int64(row))
      }
    }
    let run = try #require(try sample.opened().run(of: "A"))
    #expect(run.directory.rowsPerUser.pages.count > 2)
    var expected: [UInt32: Range<Int>] = [:]
    var row = 0
    let (stored, counts) = try run.userCounts(ofKeys: 0..<65_536)
    for (user, count) in zip(stored, counts) {
      expected[user] = row..<row + Int(count)
      row += Int(count)
    }
    #expect(expected.count == users.count && row == sample.rows.count)
    for share in [1, 0.01, 0.0005] {
      var cursor = try UserRowsCursor(run)
      // Some have no rows; some are asked for twice.
      let asked = (0..<520_000 as Range<UInt32>).filter {
        random.chance(expected[$0] == nil ? share / 30 : share)
      }
      for user in asked {
        #expect(try cursor.rows(of: user) == expected[user], "seed \(seed), user \(user)")
        guard random.chance(0.2) else { continue }
        #expect(try cursor.rows(of: user) == expected[user], "seed \(seed), user \(user)")
      }
    }
  }
}
