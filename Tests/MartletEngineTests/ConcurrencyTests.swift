import MartletEngine
import MartletModel
import MartletTestSupport
import Testing

/// One writer used by several threads, and readers beside it.
@Suite struct ConcurrencyTests {
  private static let rowCount = 60

  @Test func threadsShareAWriter() throws {
    let system = SimulatedFileSystem()
    let engine = try Engine(writing: system)
    _ = try Threads.map(6) { worker in
      if worker == 5 {
        try Self.watch(system)
        return
      }
      for number in 0..<Self.rowCount {
        try engine.append(Text("w\(worker)"), at: Int64(number), id: Text("\(number)"))
        if number % 10 == 9 { try engine.commit() }
      }
    }
    try engine.commit()
    let content = try Engine(reading: system).content()
    #expect(content.ids.sorted() == ["w0", "w1", "w2", "w3", "w4"])
    #expect(content.rows.count == 5 * Self.rowCount)
    #expect(content.duplicateCount == 0)
    // Each user's rows are those that its thread appended.
    let perUser = Dictionary(grouping: content.rows, by: \.user)
    for rows in perUser.values {
      #expect(rows.map(\.time) == (0..<Int64(Self.rowCount)).map { $0 })
    }
  }

  /// Reads commit after commit: rows never vanish, and a user's rows arrive in order.
  private static func watch(_ system: SimulatedFileSystem) throws(MartletError) {
    let reader = try Engine(reading: system)
    var seen = 0
    for _ in 0..<30 {
      let snapshot = try reader.snapshot()
      var rows: [StoredRow] = []
      for file in snapshot.segmentFiles {
        for run in try file.storedRows() { rows += run }
      }
      #expect(rows.count >= seen)
      seen = rows.count
      for times in Dictionary(grouping: rows, by: \.user).values.map({ $0.map(\.time) }) {
        #expect(times == (0..<Int64(times.count)).map { $0 })
      }
    }
  }
}
