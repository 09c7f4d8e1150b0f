import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import RoaringBitmap
import Testing

@testable import MartletEngine

/// Files that pass every checksum and contradict themselves or each other all the same: verify
/// says what and where, and a repair leaves a sound store and lists what it cost.
@Suite struct VerifyForgedTests {
  private typealias DirectoryChange = (inout SegmentFileDirectory, inout BlockSink) throws -> Void
  private typealias RunChange = (inout RunDirectory, inout BlockSink) throws -> Void

  /// Verifies and repairs a store.
  private func expect(
    _ reason: String, at place: String?, of file: String, losses: [StoreLoss.Kind],
    in store: ForgedStore, sourceLocation: SourceLocation
  ) throws {
    let found = try Engine.verify(at: ForgedStore.path, store.system)
    let isFound = found.problems.contains {
      $0.reason.contains(reason) && $0.file == file && $0.place?.contains(place ?? "") ?? true
    }
    #expect(isFound, "\(found.problems)", sourceLocation: sourceLocation)
    let report = try Engine.repair(at: ForgedStore.path, store.system)
    #expect(report.losses.map(\.kind) == losses, sourceLocation: sourceLocation)
    #expect(report.remaining == [], sourceLocation: sourceLocation)
    if losses.isEmpty { #expect(!report.rebuilt.isEmpty, sourceLocation: sourceLocation) }
    let clean = try Engine.verify(at: ForgedStore.path, store.system)
    #expect(clean.problems == [], sourceLocation: sourceLocation)
    if losses.isEmpty { #expect(clean.rowCount == 7, sourceLocation: sourceLocation) }
  }

  private func expectOfFile(
    _ reason: String, at place: String, losses: [StoreLoss.Kind] = [],
    sourceLocation: SourceLocation = #_sourceLocation, _ change: DirectoryChange
  ) throws {
    let store = try ForgedStore()
    try store.changeDirectory(change)
    try expect(
      reason, at: place, of: try store.segmentFileName(), losses: losses, in: store,
      sourceLocation: sourceLocation)
  }

  /// Every loss is of a run, where one is named.
  private func expectOfRun(
    _ reason: String, in run: ForgedStore.Run = .a, at place: String,
    losses: [StoreLoss.Kind] = [.run],
    sourceLocation: SourceLocation = #_sourceLocation, _ change: RunChange
  ) throws {
    let store = try ForgedStore()
    try store.change(run, change)
    try expect(
      reason, at: place, of: try store.segmentFileName(), losses: losses, in: store,
      sourceLocation: sourceLocation)
  }

  @Test func theStoreIsSoundAsItStands() throws {
    let store = try ForgedStore()
    let report = try Engine.verify(at: ForgedStore.path, store.system)
    #expect(report.problems == [] && report.rowCount == 7 && report.userCount == 3)
    // Made anew from its parts, too.
    try store.replaceUsers()
    try store.change(.a) { _, _ in }
    let again = try Engine.verify(at: ForgedStore.path, store.system)
    #expect(again.problems.allSatisfy { $0.reason == "nothing points to the bytes from here on" })
  }

  @Test func namesAndOrder() throws {
    try expectOfFile("the runs are out of order", at: "the directory") { directory, _ in
      directory.runs.swapAt(0, 1)
    }
    let long = Text(String(repeating: "x", count: 1025))
    try expectOfFile("a name has 1025 bytes", at: "the directory") { directory, _ in
      var unused = directory.properties[0]
      (unused.name, unused.dictionary) = (long, .empty)
      directory.properties.append(unused)
    }
  }

  /// A person reads a thousand; the rest is counted.
  @Test func problemsBeyondTheListAreCounted() throws {
    let store = try ForgedStore()
    let count = VerificationReport.listedProblemCountMax + 50
    try store.changeDirectory { directory, _ in
      var unused = directory.properties[0]
      unused.dictionary = .empty
      for number in 0..<count {
        let name = Text(String(repeating: "x", count: 1025 + number))
        unused.name = name
        directory.properties.append(unused)
      }
    }
    let report = try Engine.verify(at: ForgedStore.path, store.system)
    #expect(report.problems.count == VerificationReport.listedProblemCountMax)
    #expect(report.unlistedProblemCount == 50)
    let repaired = try Engine.repair(at: ForgedStore.path, store.system)
    #expect(repaired.remaining == [] && repaired.losses == [])
  }

  @Test func dictionaries() throws {
    // Runs that refer to it are lost: what their texts were nobody knows.
    let texts = "the texts of property p, page 0"
    try expectOfFile("text 1 of the page is not in order", at: texts, losses: [.run, .run]) {
      directory, sink in
      let place = directory.properties.firstIndex { $0.name == "p" } ?? 0
      directory.properties[place].dictionary = sink.appendTexts(
        [Array("red".utf8), Array("green".utf8)], as: .dictionaries)
    }
    try expectOfFile(
      "text 0 of the page is not valid UTF-8", at: texts, losses: [.run, .run]
    ) { directory, sink in
      let place = directory.properties.firstIndex { $0.name == "p" } ?? 0
      directory.properties[place].dictionary = sink.appendTexts(
        [[0xFF], Array("red".utf8)], as: .dictionaries)
    }
  }

  @Test func usersOfRuns() throws {
    try expectOfRun("there are 2, not 3", at: "users") { run, sink in
      run.users = sink.append(RoaringBitmap([0, 1] as [UInt32]), as: .users)
    }
    try expectOfRun("user 9 does not exist", at: "users") { run, sink in
      run.users = sink.append(RoaringBitmap([0, 1, 9] as [UInt32]), as: .users)
    }
    try expectOfRun("blocks of users are not those of the directory", at: "users") { run, _ in
      run.blocks[0].key = 1
    }
    try expectOfRun("a user has no row", at: "rows per user, page 0") { run, sink in
      run.rowsPerUser = sink.appendColumn([2, 0, 2], as: .users)
    }
    try expectOfRun("do not add up", at: "run A") { run, sink in
      run.rowsPerUser = sink.appendColumn([2, 1, 2], as: .users)
    }
  }

  @Test func timesOfRuns() throws {
    try expectOfRun("a time is none that a store accepts", at: "times, page 0") { run, sink in
      run.times = sink.appendColumn([10, 20, 30, .max], as: .time)
    }
    try expectOfRun("row 1 is not in order of time", at: "run A") { run, sink in
      run.times = sink.appendColumn([20, 10, 30, 86_400_040], as: .time)
    }
    try expectOfFile("its time range is not that of its rows", at: "the directory") {
      directory, _ in directory.runs[0].latest += 1
    }
  }

  @Test func ranks() throws {
    func expectRanks(
      _ reason: String, _ ties: [(row: Int64, rank: Int64)], times: [Int64]? = nil,
      at place: String = "ranks", losses: [StoreLoss.Kind] = [],
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      try expectOfRun(reason, at: place, losses: losses, sourceLocation: sourceLocation) {
        run, sink in
        run.tieRows = sink.appendColumn(ties.map(\.row), as: .directories)
        run.tieRanks = sink.appendColumn(ties.map(\.rank), as: .directories)
        if let times { run.times = sink.appendColumn(times, as: .time) }
      }
    }
    let atOnce: [Int64] = [10, 50, 30, 86_400_040]
    try expectRanks("user 0 has rows of one time in runs 0 and 1", [], times: atOnce)
    try expectRanks("row 0 of run 1 lacks one", [(1, 0)], times: atOnce)
    try expectRanks("are not needed", [(0, 0)])
    try expectRanks("are not 0 to 0", [(0, 1)])
    try expectRanks(
      "contradict the order of run 0", [(0, 1), (1, 0)], times: [10, 10, 30, 86_400_040])
    try expectRanks("row 1 is not in order", [(1, 0), (1, 1)], at: "tied rows", losses: [.run])
    try expectRanks("row 4 is not in order", [(4, 0)], at: "tied rows", losses: [.run])
    try expectRanks("-1 is no rank", [(0, -1)], losses: [.run])
  }

  @Test func insertIDs() throws {
    try expectOfRun("insert id 0 of the page has 0 bytes", at: "insert ids, page 0") {
      run, sink in
      run.insertIDs = sink.appendTexts([[], Array("i2".utf8)], as: .insertIDs)
    }
    try expectOfRun("insert id 1 of the page is not valid UTF-8", at: "insert ids, page 0") {
      run, sink in
      run.insertIDs = sink.appendTexts([Array("i0".utf8), [0xC3]], as: .insertIDs)
    }
    try expectOfRun("3 positions have a value, but there are 2", at: "with an insert id") {
      run, sink in
      run.insertIDPresence = sink.append(RoaringBitmap([0, 1, 2] as [UInt32]), as: .insertIDs)
    }
    try expectOfRun("position 7 does not exist", at: "with an insert id") { run, sink in
      run.insertIDPresence = sink.append(RoaringBitmap([0, 7] as [UInt32]), as: .insertIDs)
    }
    try expectOfRun("trait updates have none", in: .traits, at: "insert ids") { run, sink in
      run.insertIDs = sink.appendTexts([Array("i".utf8)], as: .insertIDs)
    }
    try expectOfRun("row 1 is not in order, or has no insert id", at: "sent rows") { run, sink in
      run.sentRows = sink.appendColumn([1], as: .directories)
      run.sentUsers = sink.appendColumn([1], as: .directories)
    }
    try expectOfRun("row 0 was sent under its own user", at: "insert ids") { run, sink in
      run.sentRows = sink.appendColumn([0], as: .directories)
      run.sentUsers = sink.appendColumn([0], as: .directories)
    }
    try expectOfRun("user 3 does not exist", at: "sent users") { run, sink in
      run.sentRows = sink.appendColumn([0], as: .directories)
      run.sentUsers = sink.appendColumn([3], as: .directories)
    }
    // The rows are believed, and the index is made anew.
    try expectOfRun("they are not those of the insert ids", at: "insert id index", losses: []) {
      run, sink in
      run.sentRows = sink.appendColumn([0], as: .directories)
      run.sentUsers = sink.appendColumn([1], as: .directories)
    }
  }

  @Test func bitmapsOfAnyEvent() throws {
    try expectOfFile("without events, or lacks them", at: "users with any event") {
      directory, _ in directory.anyUsers = nil
    }
    try expectOfFile("they are not those of the runs", at: "users with any event") {
      directory, sink in
      directory.anyUsers = sink.append(RoaringBitmap([0, 1] as [UInt32]), as: .anyBitmaps)
    }
    // Nothing that starts like a bitmap.
    try expectOfFile("", at: "users with any event") { directory, sink in
      directory.anyUsers = sink.appendCompressed([1, 2, 3], as: .anyBitmaps)
    }
    try expectOfFile("there are 2, not 3", at: "users by day, 0") { directory, _ in
      directory.anyDays[0].userCount += 1
    }
    try expectOfFile("they are not those of the rows", at: "users by day, 1") {
      directory, sink in
      directory.anyDays[1].users = sink.append(RoaringBitmap([0] as [UInt32]), as: .anyBitmaps)
    }
    try expectOfFile("2 bitmaps are due, but there are 1", at: "users by day") { directory, _ in
      directory.anyDays.removeLast()
    }
    try expectOfFile("they are not those of the rows", at: "users by 32 days, 0") {
      directory, sink in
      directory.anyCoarse[0].userCount = 1
      directory.anyCoarse[0].users = sink.append(
        RoaringBitmap([0] as [UInt32]), as: .anyBitmaps)
    }
  }

  @Test func layout() throws {
    try expectOfFile("its bytes by kind are wrong", at: "the directory") { directory, _ in
      directory.byteCounts[0] += 1
    }
    try expectOfFile("nothing points to the bytes from here on", at: "") { _, sink in
      _ = sink.append([1, 2, 3], as: .directories)
    }
    try expectOfFile("nothing points to the bytes from here on", at: "") { directory, sink in
      directory.anyUsers = sink.append(RoaringBitmap([0, 1, 2] as [UInt32]), as: .anyBitmaps)
    }
    try expectOfFile("blocks overlap here", at: "") { directory, _ in
      var twice = directory.anyDays[1]
      twice.bucket += 1
      directory.anyDays.append(twice)
    }
  }

  @Test func correctionsAndEdges() throws {
    try expectOfFile("user 9 does not exist", at: "first-seen corrections") { directory, sink in
      directory.firstSeenUsers = sink.appendColumn([9], as: .directories)
      directory.firstSeenTimes = sink.appendColumn([1], as: .directories)
    }
    try expectOfFile("a time is none that a store accepts", at: "first-seen corrections") {
      directory, sink in
      directory.firstSeenUsers = sink.appendColumn([0], as: .directories)
      directory.firstSeenTimes = sink.appendColumn([.max - 1], as: .directories)
    }
    try expectOfFile("an unknown user", at: "identity edges", losses: [.identities]) {
      directory, sink in
      directory.aliasUsers = sink.appendColumn([0], as: .directories)
      directory.aliasTargets = sink.appendColumn([3], as: .directories)
    }
  }
}
