import Testing

/// What a store holds must not depend on the machine's clock, which may go backwards.
@Suite struct ClockTests {
  @Test(arguments: ["MartletEngine", "MartletSegmentFile", "MartletFiles", "MartletEncoding"])
  func whatIsStoredDoesNotKnowTheTime(_ target: String) throws {
    // A delay between two syncs is measured by Dispatch, on a clock that only goes forward.
    let clocks = [
      "Timestamp.now", "clock_gettime", "gettimeofday", "ContinuousClock",
      "SuspendingClock", "Date(", ".wallDeadline", "time(nil", "wallTime",
    ]
    var seen = 0
    for file in try SourceTree.swiftSources() where file.target == target {
      seen += 1
      for (number, line) in file.lines.enumerated() {
        for clock in clocks {
          #expect(!line.contains(clock), "\(file.path):\(number + 1): \(clock)")
        }
      }
    }
    #expect(seen > 0)
  }
}
