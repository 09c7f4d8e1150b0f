import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

/// The bitmaps of "any event", by day and by 32 days.
@Suite struct AnyBitmapTests {
  private static let day = CivilDate.millisecondsPerDay

  private func expected(
    _ sample: SegmentSample, bucketDays: Int64
  ) -> [Int: Set<UInt32>] {
    var users: [Int: Set<UInt32>] = [:]
    for (user, row) in sample.rows {
      guard case .event(let event) = row else { continue }
      let length = Self.day * bucketDays
      let bucket = event.timestamp.milliseconds.quotientAndRemainder(flooring: length).quotient
      users[Int(bucket), default: []].insert(user)
    }
    return users
  }

  private func read(
    _ bitmaps: [SegmentFileDirectory.AnyBitmap], _ file: SegmentFile
  ) throws -> [Int: Set<UInt32>] {
    var users: [Int: Set<UInt32>] = [:]
    for entry in bitmaps {
      let bitmap = try file.bitmap(entry.users, what: "a bitmap")
      #expect(bitmap.count == entry.userCount)
      users[entry.bucket] = Set(bitmap)
    }
    return users
  }

  @Test(arguments: Ordinals.allCases, [31, 32, 33] as [UInt64])
  func bitmapsHoldTheUsersOfTheirDays(_ ordinals: Ordinals, _ seed: UInt64) throws {
    let sample = SegmentSample(
      seed: seed, rowCount: 300, ordinals: ordinals.make(25, seed: seed))
    let file = try sample.opened(anyDayShareMax: .infinity)
    #expect(try read(file.directory.anyDays, file) == expected(sample, bucketDays: 1))
    #expect(try read(file.directory.anyCoarse, file) == expected(sample, bucketDays: 32))
    let everyone = expected(sample, bucketDays: 1).values.reduce(into: Set()) { $0.formUnion($1) }
    #expect(try Set(file.anyUsers()) == everyone)
  }

  @Test func daysBeforeTheEpochCountDown() throws {
    var sample = SegmentSample()
    let times = [-Self.day - 1, -Self.day, -1, 0, Self.day - 1, Self.day, 33 * Self.day]
    for (user, time) in times.enumerated() { sample.append(UInt32(user), "A", at: time) }
    let file = try sample.opened(anyDayShareMax: .infinity)
    #expect(file.directory.anyDays.map(\.bucket) == [-2, -1, 0, 1, 33])
    #expect(file.directory.anyCoarse.map(\.bucket) == [-1, 0, 1])
    #expect(try read(file.directory.anyDays, file) == expected(sample, bucketDays: 1))
  }

  @Test func traitUpdatesAreNoEvents() throws {
    var sample = SegmentSample()
    sample.rows.append((4, .traits(TraitUpdate(user: "u", at: Timestamp(milliseconds: 0), [:]))))
    let file = try sample.opened(anyDayShareMax: .infinity)
    #expect(file.directory.anyUsers == nil)
    #expect(file.directory.anyDays.isEmpty)
    #expect(try file.traitRun()?.users().map { $0 } == [4])
  }

  @Test func daysThatCostTooMuchAreLeftOut() throws {
    var sample = SegmentSample()
    for index in 0..<200 {
      sample.append(UInt32(index), "A", at: Int64(index) * 40 * Self.day)
    }
    let kept = try sample.opened(anyDayShareMax: .infinity)
    #expect(kept.directory.anyDays.count == 200)
    let dropped = try sample.opened(anyDayShareMax: 0.01)
    #expect(dropped.directory.anyDays.isEmpty && dropped.directory.anyCoarse.isEmpty)
    #expect(try dropped.anyUsers().count == 200)
  }

  @Test func aFileThatSpansCenturiesHasNoDays() throws {
    var sample = SegmentSample()
    sample.append(1, "A", at: Timestamp.earliest.milliseconds)
    sample.append(2, "A", at: Timestamp.latest.milliseconds)
    let file = try sample.opened(anyDayShareMax: .infinity)
    #expect(file.directory.anyDays.isEmpty && file.directory.anyCoarse.isEmpty)
    #expect(try file.anyUsers().map { $0 } == [1, 2])
    #expect(try file.storedRows() == sample.expectedRuns)
  }
}
