import MartletModel
import MartletSegmentFile
import RoaringBitmap

extension SegmentFileCheck {
  /// Holds the bitmaps of users with any event against the rows.
  mutating func checkBitmaps() {
    let directory = file.directory
    let eventRuns = directory.runs.indices.filter { directory.runs[$0].eventType != nil }
    let isWhole = eventRuns.allSatisfy { soundRuns[$0] != nil }
    if (directory.anyUsers == nil) != eventRuns.isEmpty {
      findings.note(
        derived("users with any event"), "the file has them without events, or lacks them")
    }
    if let handle = directory.anyUsers {
      let place = derived("users with any event").at(handle.offset)
      if let found = findings.readBitmap(handle, in: bytes, place), isWhole {
        var expected = RoaringBitmap()
        for index in eventRuns {
          if let users = try? soundRuns[index]?.users() { expected.formUnion(users) }
        }
        if found != expected { findings.note(place, "they are not those of the runs") }
      }
    }
    var expected: [Int: RoaringBitmap] = [:]
    for (day, builder) in days {
      var builder = builder
      expected[day] = builder.finish()
    }
    var coarse: [Int: RoaringBitmap] = [:]
    for (day, users) in expected {
      let bucket = day.quotientAndRemainder(flooring: SegmentFileFormat.coarseDayCount).quotient
      coarse[bucket, default: RoaringBitmap()].formUnion(users)
    }
    check(directory.anyDays, isWhole ? expected : nil, "users by day")
    check(directory.anyCoarse, isWhole ? coarse : nil, "users by 32 days")
  }

  private mutating func check(
    _ bitmaps: [SegmentFileDirectory.AnyBitmap], _ expected: [Int: RoaringBitmap]?,
    _ what: String
  ) {
    for bitmap in bitmaps {
      let place = derived("\(what), \(bitmap.bucket)").at(bitmap.users.offset)
      guard let users = findings.readBitmap(bitmap.users, in: bytes, place) else { continue }
      if users.count != bitmap.userCount {
        findings.note(place, "there are \(users.count), not \(bitmap.userCount)")
      }
      if let expected, users != expected[bitmap.bucket] {
        findings.note(place, "they are not those of the rows")
      }
    }
    if let expected, expected.count != bitmaps.count {
      findings.note(
        derived(what), "\(expected.count) bitmaps are due, but there are \(bitmaps.count)")
    }
  }
}
