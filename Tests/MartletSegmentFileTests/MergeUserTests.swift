import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

/// What a merge carries over of users: corrections, edges, senders.
@Suite struct MergeUserTests {
  private func sample(
    firstSeen: [(user: UInt32, time: Int64)] = [], edges: [IdentityEdge] = []
  ) -> SegmentSample {
    var sample = SegmentSample()
    sample.append(1, "A", at: 5)
    (sample.firstSeen, sample.edges) = (firstSeen, edges)
    return sample
  }

  @Test func correctionsAreTheEarliest() throws {
    let samples = [
      sample(firstSeen: [(1, 50), (4, 9), (6, 2)]), sample(firstSeen: [(1, 40), (5, 3), (7, 1)]),
    ]
    var selection = SegmentFileMerge.Selection()
    selection.canonical = OrdinalMap([5: 4])
    selection.droppedUsers = [6]
    let file = try MergedContent.file(try #require(try MergeTests.merge(samples, selection)))
    let found = try file.firstSeenCorrections()
    #expect(found.map(\.user) == [1, 4, 7])
    #expect(found.map(\.time) == [40, 3, 1])
    selection.keepsCorrections = false
    let without = try MergedContent.file(try #require(try MergeTests.merge(samples, selection)))
    #expect(try without.firstSeenCorrections().isEmpty)
  }

  @Test func edgesAreAll() throws {
    let samples = [
      sample(edges: [.init(user: 9, target: 1), .init(user: 3, target: 1)]),
      sample(edges: [.init(user: 9, target: 1), .init(user: 70_000, target: 2)]),
    ]
    var selection = SegmentFileMerge.Selection()
    let file = try MergedContent.file(try #require(try MergeTests.merge(samples)))
    #expect(try file.identityEdges().map(\.user) == [3, 9, 70_000])
    #expect(try file.identityEdges().map(\.target) == [1, 1, 2])
    selection.droppedUsers = [9]
    let dropped = try MergedContent.file(try #require(try MergeTests.merge(samples, selection)))
    #expect(try dropped.identityEdges().map(\.user) == [3, 70_000])
    selection.keepsEdges = false
    let without = try MergedContent.file(try #require(try MergeTests.merge(samples, selection)))
    #expect(try without.identityEdges().isEmpty)
  }

  @Test func edgesThatContradictOneAnotherAreDamage() throws {
    let samples = [
      sample(edges: [.init(user: 9, target: 1)]), sample(edges: [.init(user: 9, target: 2)]),
    ]
    let error = #expect(throws: MartletError.self) { try MergeTests.merge(samples) }
    #expect(error?.code == .corrupt)
  }

  /// A duplicate is found by the id as it was sent, wherever the row lies by now.
  @Test func sendersSurviveMoves() throws {
    var sample = SegmentSample()
    sample.append(2, "A", at: 5, insertID: "x")
    sample.append(8, "A", at: 4, insertID: "x")
    sample.append(8, "A", at: 6, insertID: "y")
    var selection = SegmentFileMerge.Selection()
    selection.canonical = OrdinalMap([8: 2])
    let file = try MergedContent.file(try #require(try MergeTests.merge([sample], selection)))
    let run = try #require(try file.run(of: "A"))
    #expect(try run.holds("x", lyingUnder: 2, sentAs: 2))
    #expect(try run.holds("x", lyingUnder: 2, sentAs: 8))
    #expect(try run.holds("y", lyingUnder: 2, sentAs: 8))
    #expect(try !run.holds("y", lyingUnder: 2, sentAs: 2))
    #expect(try !run.holds("x", lyingUnder: 8, sentAs: 8))
    #expect(try run.sentUsers().rows == [0, 2])
    #expect(try run.sentUsers().users == [8, 8])
    // A second move keeps the sender; a move back to it makes the note needless.
    selection.canonical = OrdinalMap([2: 8])
    let back = try #require(
      try SegmentFileMerge([file], selection).encode(arrivalNumber: 1)?.joined())
    let returned = try #require(try MergedContent.file(back).run(of: "A"))
    #expect(try returned.sentUsers().rows == [1])
    #expect(try returned.sentUsers().users == [2])
    #expect(try returned.holds("x", lyingUnder: 8, sentAs: 2))
    #expect(try returned.holds("y", lyingUnder: 8, sentAs: 8))
  }

  /// Rows of a buffer that move before it is sealed lie where a merge would put them.
  @Test(arguments: [61, 62, 63] as [UInt64])
  func bufferedRowsMoveLikeStoredOnes(_ seed: UInt64) throws {
    let users = Ordinals.severalBlocks.make(14, seed: seed)
    var sample = SegmentSample(seed: seed, rowCount: 300, ordinals: users)
    // No two rows at one time: only then do files know the order of rows of several ordinals.
    for index in sample.rows.indices {
      guard case .event(var event) = sample.rows[index].row else { continue }
      event.timestamp = Timestamp(milliseconds: Int64(index) * 1_000)
      sample.rows[index].row = .event(event)
    }
    sample.rows.removeAll { if case .traits = $0.row { true } else { false } }
    let map = OrdinalMap([users[0]: users[1], users[2]: users[1], users[3]: users[4]])
    var buffer = try sample.buffer()
    buffer.remapUsers(map)
    let moved = SegmentFileWriter().encode(buffer, arrivalNumber: 1, firstSeen: []).joined()
    var selection = SegmentFileMerge.Selection()
    selection.canonical = map
    let model = MergeModel([sample], selection)
    let file = try MergedContent.file(moved)
    #expect(try file.storedRows() == model.storedRuns, "seed \(seed)")
    for run in file.directory.runs.indices {
      let sent = try file.run(at: run).sentUsers()
      #expect(
        zip(sent.rows, sent.users).map { [$0, Int64($1)] } == model.sent[run], "seed \(seed)")
    }
    #expect(try file.insertIDPrefixes() == model.insertIDPrefixes, "seed \(seed)")
  }

  @Test func ordinalMapsLeadOneStep() {
    let map = OrdinalMap([5: 1, 70_000: 2, 9: 1])
    #expect(map.keys == [5, 9, 70_000])
    #expect([5, 9, 70_000, 1, 6].map { map.target(of: $0) } == [1, 1, 2, nil, nil])
    #expect([5, 9, 70_000, 1, 6].map { map.canonical($0) } == [1, 1, 2, 1, 6])
    #expect(OrdinalMap().isEmpty && OrdinalMap().canonical(3) == 3)
  }
}
