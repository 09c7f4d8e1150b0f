import Glibc

/// One operation on one data set, ours against CRoaring's in the same process.
struct Measurement {
  let dataSet: String
  let operation: String
  let ourNanoseconds: Double
  let theirNanoseconds: Double

  var ratio: Double { ourNanoseconds / theirNanoseconds }

  /// Runs both in turns until each has had its time, and keeps the fastest round of each: what
  /// disturbs a round can only make it slower. Both must return the same number.
  init(
    _ dataSet: String, _ operation: String, ours: () -> Int, theirs: () -> Int
  ) {
    self.dataSet = dataSet
    self.operation = operation
    let expected = theirs()
    let found = ours()
    guard found == expected else {
      fatalError("\(dataSet) \(operation): \(found) where CRoaring says \(expected)")
    }
    let once = max(Self.time(1, theirs), Self.time(1, ours))
    let repeats = max(1, Int(400_000 / max(once, 1)))
    var best = (ours: Double.infinity, theirs: Double.infinity)
    let start = Self.now()
    var rounds = 0
    while rounds < 7 || (rounds < 60 && Self.now() - start < 60_000_000) {
      best.ours = min(best.ours, Self.time(repeats, ours))
      best.theirs = min(best.theirs, Self.time(repeats, theirs))
      rounds += 1
    }
    ourNanoseconds = best.ours
    theirNanoseconds = best.theirs
  }

  private static func time(_ repeats: Int, _ body: () -> Int) -> Double {
    let start = now()
    var sink = 0
    for _ in 0..<repeats { sink &+= body() }
    let elapsed = Double(now() - start)
    blackHole = sink
    return elapsed / Double(repeats)
  }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  nonisolated(unsafe) private static var blackHole = 0
}
