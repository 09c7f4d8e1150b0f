import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

/// Merges of runs of several pages and several blocks of users, and the bytes that they make.
@Suite struct MergeSizeTests {
  /// Rows in order of time: enough of a type for several pages, users in three blocks.
  private func samples(
    _ count: Int, rowCount: Int, blockCount: Int = 3, seed: UInt64
  ) -> [SegmentSample] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { part in
      var sample = SegmentSample()
      for index in 0..<rowCount {
        let block = UInt32(random.integer(0...blockCount - 1))
        let user = block << 16 | UInt32(random.integer(0...900))
        var properties: [Text: Value] = [
          "amount": .number(Number(significand: Int128(random.integer(0...9_999)), exponent: -2)),
          "plan": .text(random.pick(["free", "pro", "team"])), "flag": .boolean(index % 3 == 0),
        ]
        if random.chance(0.5) { properties["page"] = .text(Text("/p/\(part)/\(index)")) }
        if random.chance(0.1) {
          properties["tags"] = .list(["a", .number(Number(Int64(part))), true])
        }
        // All rows but those of the first users have it.
        if block > 0 { properties["later"] = .boolean(true) }
        if random.chance(0.02) { properties["rare"] = .text(Text("r\(index % 7)")) }
        let id = random.chance(0.3) ? Text("i-\(part)-\(index)") : nil
        sample.append(
          user, random.chance(0.8) ? "View" : "Buy", at: Int64(part * rowCount + index) * 9_000,
          properties, insertID: id)
      }
      return sample
    }
  }

  private func joined(_ samples: [SegmentSample]) -> SegmentSample {
    var whole = SegmentSample()
    for sample in samples { whole.rows += sample.rows }
    return whole
  }

  /// The merge of parts is, byte for byte, the file of all rows.
  @Test(arguments: [1, 2, 5])
  func theBytesAreThoseOfOneFile(_ count: Int) throws {
    let samples = samples(count, rowCount: 30_000 / count, seed: 71)
    let bytes = try SegmentFileMerge(samples.map { try $0.opened() })
      .encode(arrivalNumber: 1)?.joined()
    let whole = try joined(samples).encoded()
    #expect(bytes == whole)
    let file = try MergedContent.file(whole)
    #expect(file.directory.runs.contains { $0.rowCount > 2 * SegmentFileFormat.pageValueCount })
    let kinds = Set(try file.run(of: "View")?.directory.columns.map(\.kind) ?? [])
    #expect(kinds == [.number, .text, .plainText, .boolean, .list])
  }

  /// Rows that a merge works on in several batches of users: the merge is the file of the rows that
  /// are kept.
  @Test(arguments: [1, 8], [false, true])
  func severalBatchesAreOneFile(_ blockCount: Int, _ isSelected: Bool) throws {
    let samples = samples(3, rowCount: 45_000, blockCount: blockCount, seed: 73)
    let whole = joined(samples)
    var (selection, kept) = (SegmentFileMerge.Selection(), SegmentSample())
    if isSelected {
      selection.times = [0..<1_150_000_000]
      let lastDropped: UInt32 = blockCount == 1 ? 20 : 66_000
      selection.droppedUsers = RoaringBitmap(0...lastDropped)
      // Rows move forwards and backwards, into other batches.
      var map: [UInt32: UInt32] = [:]
      if blockCount == 1 {
        for user in 100...200 as ClosedRange<UInt32> { map[user] = user + 600 }
        for user in 500...540 as ClosedRange<UInt32> { map[user] = user - 450 }
      } else {
        for user in 0...100 as ClosedRange<UInt32> { map[4 << 16 | user] = 7 << 16 | user }
        for user in 200...300 as ClosedRange<UInt32> { map[4 << 16 | user] = 2 << 16 | user }
      }
      selection.canonical = OrdinalMap(map)
      for (user, row) in whole.rows
      where row.timestamp.milliseconds < 1_150_000_000 && user > lastDropped {
        if map[user] != nil { kept.senders[kept.rows.count] = user }
        kept.rows.append((map[user] ?? user, row))
      }
    } else {
      kept = whole
    }
    let files = try samples.map { try $0.opened() }
    let bytes = try #require(
      try SegmentFileMerge(files, selection).encode(arrivalNumber: 1)?.joined())
    let merged = try MergedContent.file(bytes)
    let expectedBytes = try kept.encoded()
    let expected = try MergedContent.file(expectedBytes)
    // Where rows are left out, properties may be met in another order.
    let areBytesEqual = isSelected || bytes == expectedBytes
    #expect(areBytesEqual)
    let areRowsEqual = try merged.storedRows() == expected.storedRows()
    #expect(areRowsEqual)
    let arePrefixesEqual = try merged.insertIDPrefixes() == expected.insertIDPrefixes()
    #expect(arePrefixesEqual)
    #expect(try merged.anyUsers() == expected.anyUsers())
    for type in ["View", "Buy"] as [Text] {
      let (run, other) = (
        try #require(try merged.run(of: type)), try #require(try expected.run(of: type))
      )
      #expect(try run.users() == other.users() && run.timeRange == other.timeRange)
      let (sent, otherSent) = (try run.sentUsers(), try other.sentUsers())
      #expect(sent.rows == otherSent.rows && sent.users == otherSent.users)
      #expect(sent.rows.isEmpty == !isSelected)
      #expect(run.directory.blocks == other.directory.blocks)
    }
    // A batch has 65,536 rows, more only where one user does.
    #expect(try #require(try merged.run(of: "View")).entry.rowCount > 65_536)
  }

  /// A column that lacks values in one batch and is complete in the next.
  @Test func aColumnThatBecomesDense() throws {
    var samples = [SegmentSample(), SegmentSample()]
    for index in 0..<40_000 {
      let isSent = index % 3 == 0
      samples[0].append(
        UInt32(index % 9), "A", at: Int64(index), isSent ? ["sent": .boolean(index % 2 == 0)] : [:])
      samples[1].append(
        65_536, "A", at: Int64(index), ["sent": .boolean(index % 5 == 0)])
    }
    let bytes = try SegmentFileMerge(samples.map { try $0.opened() }).encode(arrivalNumber: 1)?
      .joined()
    let isEqual = bytes == (try joined(samples).encoded())
    #expect(isEqual)
  }

  @Test func aSelectionOfManyPages() throws {
    let samples = samples(3, rowCount: 9_000, seed: 72)
    var selection = SegmentFileMerge.Selection()
    selection.times = [0..<40_000_000, 100_000_000..<200_000_000]
    selection.droppedUsers = RoaringBitmap(0...400)
    var map: [UInt32: UInt32] = [:]
    for user in 500...800 as ClosedRange<UInt32> { map[user] = 1 << 16 | user }
    for user in 10...90 as ClosedRange<UInt32> { map[2 << 16 | user] = 450 }
    selection.canonical = OrdinalMap(map)
    let bytes = try #require(try MergeTests.merge(samples, selection))
    try MergedContent.expect(
      try MergedContent.file(bytes), MergeModel(samples, selection), "many pages")
  }

  /// Whether texts are written out depends on the rows that are kept.
  @Test func dictionariesComeAndGo() throws {
    var samples = [SegmentSample(), SegmentSample()]
    for index in 0..<400 {
      samples[0].append(UInt32(index % 2), "A", at: Int64(index), ["p": .text(Text("t\(index)"))])
      samples[1].append(2, "A", at: 400 + Int64(index), ["p": .text(Text("t\(index % 300)"))])
    }
    func kinds(_ bytes: [UInt8]?) throws -> [ColumnKind] {
      let file = try MergedContent.file(try #require(bytes))
      return try file.run(at: 0).directory.columns.map(\.kind)
    }
    let inputs = try samples.map { try kinds($0.encoded()) }
    #expect(inputs == [[.plainText], [.plainText]])
    #expect(try kinds(MergeTests.merge(samples)) == [.text])
    var selection = SegmentFileMerge.Selection()
    selection.droppedUsers = [1]
    #expect(try kinds(MergeTests.merge(samples, selection)) == [.plainText])
    selection.users = [0]
    #expect(try kinds(MergeTests.merge(samples, selection)) == [.text])
    try MergedContent.expect(
      try MergedContent.file(try #require(try MergeTests.merge(samples, selection))),
      MergeModel(samples, selection), "few texts")
  }

  /// Numbers have the decimal places that kept rows need, and no more.
  @Test func scalesFollowTheKeptRows() throws {
    var samples = [SegmentSample(), SegmentSample()]
    samples[0].append(0, "A", at: 1, ["n": 1.5, "l": [2.25]])
    samples[0].append(1, "A", at: 2, ["n": 0.0625, "l": [3]])
    samples[1].append(2, "A", at: 3, ["n": .number(Number(.max)), "l": [.number(Number(.max))]])
    func scales(_ dropped: RoaringBitmap) throws -> [[Int]] {
      var selection = SegmentFileMerge.Selection()
      selection.droppedUsers = dropped
      let file = try MergedContent.file(try #require(try MergeTests.merge(samples, selection)))
      try MergedContent.expect(file, MergeModel(samples, selection), "without \(dropped)")
      return try file.run(at: 0).directory.columns.filter { $0.kind != .list }.map {
        [Int($0.kind.rawValue), $0.scale, $0.values.valueCount]
      }
    }
    let whole = try scales([])
    #expect(whole.contains([0, 4, 2]) && whole.contains([0, 2, 2]))
    #expect(whole.count { $0[0] == 1 } == 2)
    // Without the second, 1.5 needs one place; without both, nothing is too wide.
    #expect(try scales([1]).contains([0, 1, 1]))
    let integers = try scales([0, 1])
    #expect(integers == [[0, 0, 1], [0, 0, 1]])
  }

  /// A number that was too wide beside cents fits once the cents are gone.
  @Test func wideNumbersBecomeNarrow() throws {
    var sample = SegmentSample()
    sample.append(0, "A", at: 1, ["n": 0.01])
    sample.append(1, "A", at: 2, ["n": .number(Number(.max))])
    var selection = SegmentFileMerge.Selection()
    selection.droppedUsers = [0]
    let file = try MergedContent.file(try #require(try MergeTests.merge([sample], selection)))
    try MergedContent.expect(file, MergeModel([sample], selection), "no cents")
    #expect(try file.run(at: 0).directory.columns.map(\.kind) == [.number])
  }
}
