import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

/// Parts of a run, read by ranges of users and of rows.
@Suite struct RangeTests {
  @Test(arguments: Ordinals.allCases, [11, 12] as [UInt64])
  func usersOfKeyRanges(_ ordinals: Ordinals, _ seed: UInt64) throws {
    let sample = SegmentSample(
      seed: seed, rowCount: 500, ordinals: ordinals.make(40, seed: seed))
    let file = try sample.opened()
    let keys = Set(sample.rows.map { Int($0.user >> 16) })
    let bounds = Set([0, 1, 65_535, 65_536] + keys + keys.map { $0 + 1 }).sorted()
    for (index, expected) in sample.expectedRuns.enumerated() {
      let run = try file.run(at: index)
      #expect(try run.users().map { $0 } == Set(expected.map(\.user)).sorted())
      for (place, low) in bounds.enumerated() {
        for high in bounds[place...].prefix(4) { try check(run, expected, low..<high) }
      }
    }
  }

  private func check(_ run: Run, _ all: [StoredRow], _ keys: Range<Int>) throws {
    let inside = all.indices.filter { keys.contains(Int(all[$0].user >> 16)) }
    let rows = run.rows(ofKeys: keys)
    #expect(rows.count == inside.count, "keys \(keys)")
    if let first = inside.first { #expect(rows.lowerBound == first, "keys \(keys)") }
    let base = UInt32(truncatingIfNeeded: keys.lowerBound << 16)
    let users = inside.map { all[$0].user &- base }
    #expect(try run.rowUsers(ofKeys: keys) == users, "keys \(keys)")
    let (distinct, counts) = try run.userCounts(ofKeys: keys)
    #expect(distinct == Set(users).sorted(), "keys \(keys)")
    let expectedCounts = distinct.map { user in Int64(users.count { $0 == user }) }
    #expect(counts == expectedCounts, "keys \(keys)")
  }

  @Test(arguments: [21, 22] as [UInt64])
  func rowsOfRowRanges(_ seed: UInt64) throws {
    let sample = SegmentSample(
      seed: seed, rowCount: 400, ordinals: Ordinals.dense.make(12, seed: seed))
    let file = try sample.opened()
    var random = SplitMix64(seed: seed)
    for (index, expected) in sample.expectedRuns.enumerated() {
      let run = try file.run(at: index)
      for _ in 0..<12 {
        let low = random.integer(0...expected.count)
        let range = low..<random.integer(low...expected.count)
        let rows = try run.storedRows(range, of: file)
        #expect(rows == Array(expected[range]), "run \(index), rows \(range)")
      }
    }
  }

  /// Columns of one page and a bit, their presence over several Roaring blocks.
  @Test func rangesAcrossPagesAndBlocks() throws {
    var sample = SegmentSample()
    for index in 0..<70_000 {
      let properties: [Text: Value] =
        index % 3 == 0
        ? ["n": .number(Number(Int64(index))), "list": [.boolean(index % 2 == 0)]] : [:]
      sample.append(UInt32(index / 2), "A", at: Int64(index), properties)
    }
    let file = try sample.opened()
    let run = try #require(try file.run(of: "A"))
    for range in [0..<3, 8191..<8193, 65_530..<65_540, 65_536..<65_537, 69_990..<70_000] {
      for name in ["n", "list"] as [Text] {
        let property = try #require(file.propertyIndex(of: name))
        for column in run.columns(ofProperty: property) where column.kind != .list {
          let values = try run.values(of: column, rows: range)
          guard case .integers(let integers) = values.storage else {
            Issue.record("no integers")
            continue
          }
          let rows = range.filter { $0 % 3 == 0 }
          #expect((0..<values.count).map { values.rows.row(of: $0) + range.lowerBound } == rows)
          let expected = rows.map { name == "n" ? Int64($0) : $0 % 2 == 0 ? 1 : 0 }
          #expect(integers == expected, "\(name) in \(range)")
        }
      }
    }
  }

  @Test(arguments: [1, 8191, 8192, 8193, 16_384])
  func pagesAtTheirEdges(_ count: Int) throws {
    var sample = SegmentSample()
    for index in 0..<count {
      sample.append(
        UInt32(index), "A", at: Int64(index) * 1000,
        ["n": .number(Number(Int64(index * 3))), "t": .text(Text("t\(index)"))],
        insertID: Text("i\(index)"))
    }
    let file = try sample.opened()
    let run = try #require(try file.run(of: "A"))
    let pages = (count + 8191) / 8192
    #expect(run.directory.times.pages.count == pages)
    #expect(run.directory.rowsPerUser.pages.count == pages)
    #expect(run.directory.insertIDs.pages.count == pages)
    #expect(try run.times(0..<count) == (0..<count).map { Int64($0) * 1000 })
    #expect(try run.rowUsers(ofKeys: 0..<1) == (0..<UInt32(count)).map { $0 })
    for low in Set([0, count / 2, max(0, count - 2), min(count, 8191), min(count, 8192)]) {
      let range = low..<min(count, low + 3)
      let rows = try run.storedRows(range, of: file)
      #expect(rows == range.map { StoredRow(sample.rows[$0].row, user: UInt32($0)) })
    }
  }
}
