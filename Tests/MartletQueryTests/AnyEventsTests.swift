import MartletEngine
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

@testable import MartletQuery

/// Who had any event in a window: days by bitmaps, the ragged ends by rows.
@Suite struct AnyEventsTests {
  private static let day = CivilDate.millisecondsPerDay

  private struct Sample {
    var file: SegmentFile
    var context: QueryContext
    /// User and time of every event.
    var events: [(user: UInt32, time: Int64)]

    /// - Parameter isFat: values so large that bitmaps by day are worth their bytes.
    init(seed: UInt64, isFat: Bool, days: Int) throws {
      var random = SplitMix64(seed: seed)
      let engine = try Engine(
        at: "/data/store", access: .readWrite, fileSystem: SimulatedFileSystem())
      var builder = EventBatchBuilder()
      var ordinals: [Text: UInt32] = [:]
      events = []
      for _ in 0..<500 {
        let user = Text("u\(random.integer(0...60))")
        let start = Int64(random.integer(0...days - 1)) * AnyEventsTests.day
        // Now and then the first or last millisecond of a day.
        let clock = random.pick([0, AnyEventsTests.day - 1, Int64(random.integer(0...86_399_999))])
        let time = start + clock - 20 * AnyEventsTests.day
        let padding = isFat ? "\(random.next())\(random.next())\(random.next())" : ""
        try builder.append(
          Event(
            user: user, type: random.pick(["A", "B", "C"]), at: Timestamp(milliseconds: time),
            ["p": .text(Text(padding))]))
        let ordinal = ordinals[user] ?? UInt32(ordinals.count)
        ordinals[user] = ordinal
        events.append((ordinal, time))
      }
      _ = try engine.append(builder.batch)
      try engine.commit()
      let snapshot = try engine.snapshot()
      file = snapshot.segmentFiles[0]
      context = QueryContext(
        snapshot: snapshot, clock: QuestionClock(asOf: .max, zone: .utc),
        universe: try snapshot.universe(before: Timestamp(milliseconds: .max)))
    }
  }

  private func windows(_ sample: Sample, _ random: inout SplitMix64) -> [TimeWindow] {
    let times = sample.events.map(\.time)
    var bounds: [Int64] = [.min, .max]
    for _ in 0..<14 {
      let time = random.pick(times)
      let start = time.quotientAndRemainder(flooring: Self.day).quotient * Self.day
      bounds += [time, time + 1, start, start + Self.day, start + Self.day / 2]
    }
    bounds += [times.min() ?? 0, (times.max() ?? 0) + 1, (times.max() ?? 0) + Self.day]
    return (0..<300).map { _ in
      let (a, b) = (random.pick(bounds), random.pick(bounds))
      return TimeWindow(from: min(a, b), to: max(a, b))
    }
  }

  private func expected(_ sample: Sample, _ window: TimeWindow) -> Set<UInt32> {
    Set(sample.events.filter { window.contains($0.time) }.map(\.user))
  }

  @Test(arguments: [(1, true, 100), (2, true, 3), (3, false, 100), (4, true, 1)])
  func anyWindow(_ seed: UInt64, _ isFat: Bool, _ days: Int) throws {
    let sample = try Sample(seed: seed, isFat: isFat, days: days)
    #expect(sample.file.directory.anyDays.isEmpty == !isFat)
    let any = AnyEvents(file: sample.file, fileNumber: 0)
    var random = SplitMix64(seed: seed)
    for window in windows(sample, &random) {
      let users = try any.users(in: window, sample.context, candidates: nil)
      #expect(Set(users) == expected(sample, window), "\(window), seed \(seed)")
      let some = RoaringBitmap(sorted: (0..<61).filter { $0 % 3 == 0 })
      let asked = try any.users(in: window, sample.context, candidates: some)
      #expect(
        Set(asked.intersection(some)) == expected(sample, window).intersection(Set(some)),
        "\(window) of candidates, seed \(seed)")
    }
  }

  @Test func wholeDaysReadNoRows() throws {
    let sample = try Sample(seed: 5, isFat: true, days: 100)
    let any = AnyEvents(file: sample.file, fileNumber: 0)
    func rowCount(_ from: Int64, _ to: Int64) -> Int {
      any.scannedRowCount(TimeWindow(from: from, to: to))
    }
    #expect(rowCount(0, 5 * Self.day) == 0)
    #expect(rowCount(.min, .max) == 0)
    #expect(rowCount(.min, 40 * Self.day) == 0)
    #expect(rowCount(3 * Self.day + 1, 40 * Self.day) == 500)
    #expect(rowCount(200 * Self.day, 201 * Self.day) == 0)
  }
}
