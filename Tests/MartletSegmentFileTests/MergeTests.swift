import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

/// A merged file answers as its inputs do.
@Suite struct MergeTests {
  /// Random rows cut into consecutive samples.
  static func samples(
    _ count: Int, seed: UInt64, rowCount: Int, ordinals: [UInt32]
  ) -> [SegmentSample] {
    let whole = SegmentSample(seed: seed, rowCount: rowCount, ordinals: ordinals)
    var random = SplitMix64(seed: seed &+ 1)
    let cuts = (1..<count).map { _ in random.integer(0...whole.rows.count) }.sorted()
    return zip([0] + cuts, cuts + [whole.rows.count]).map { start, end in
      var sample = SegmentSample()
      sample.rows = Array(whole.rows[start..<end])
      for index in sample.rows.indices where random.chance(0.1) {
        sample.senders[index] = random.pick(ordinals)
      }
      return sample
    }
  }

  static func selection(
    _ random: inout SplitMix64, ordinals: [UInt32], times: [Int64]
  ) -> SegmentFileMerge.Selection {
    var selection = SegmentFileMerge.Selection()
    func ranges() -> [Range<Int64>] {
      let cuts = (0..<4).map { _ in random.pick(times) }.sorted()
      return [cuts[0]..<cuts[1], cuts[2]..<cuts[3] + 1].filter { !$0.isEmpty }
    }
    if random.chance(0.4) { selection.times = ranges() }
    if random.chance(0.4) { selection.traitTimes = ranges() }
    if random.chance(0.4) {
      selection.users = RoaringBitmap(ordinals.filter { _ in random.chance(0.7) })
    }
    if random.chance(0.5) {
      selection.droppedUsers = RoaringBitmap(ordinals.filter { _ in random.chance(0.2) })
    }
    if random.chance(0.6) {
      var map: [UInt32: UInt32] = [:]
      let targets = Set(ordinals.filter { _ in random.chance(0.4) })
      guard !targets.isEmpty else { return selection }
      for user in ordinals where !targets.contains(user) && random.chance(0.6) {
        map[user] = random.pick(targets.sorted())
      }
      selection.canonical = OrdinalMap(map)
    }
    return selection
  }

  static func merge(
    _ samples: [SegmentSample], _ selection: SegmentFileMerge.Selection = .init(),
    arrivalNumber: UInt64 = 7
  ) throws -> [UInt8]? {
    let files = try samples.map { try $0.opened() }
    var merge = SegmentFileMerge(files, selection, compressionLevel: 1)
    merge.anyDayShareMax = .infinity
    // Rows of one time are put in order in several goes.
    merge.tiedRowCountMax = 24
    merge.batchRowCount = 10
    return try merge.encode(arrivalNumber: arrivalNumber)?.joined()
  }

  @Test(arguments: Ordinals.allCases, [1, 2, 3, 4, 5, 6] as [UInt64])
  func everyRowIsThere(_ ordinals: Ordinals, _ seed: UInt64) throws {
    let users = ordinals.make(20, seed: seed)
    let samples = Self.samples(
      Int(seed % 4) + 1, seed: seed, rowCount: 400, ordinals: users)
    let bytes = try #require(try Self.merge(samples))
    let file = try MergedContent.file(bytes)
    #expect(file.directory.arrivalNumber == 7)
    try MergedContent.expect(file, MergeModel(samples, .init()), "\(ordinals), seed \(seed)")
  }

  @Test(arguments: Ordinals.allCases, (10..<30 as Range<UInt64>))
  func aSelectionIsThereAndNothingElse(_ ordinals: Ordinals, _ seed: UInt64) throws {
    let users = ordinals.make(16, seed: seed)
    let samples = Self.samples(
      Int(seed % 3) + 1, seed: seed, rowCount: 300, ordinals: users)
    let times = samples.flatMap { $0.rows.map { $0.row.timestamp.milliseconds } }
    var random = SplitMix64(seed: seed)
    let selection = Self.selection(&random, ordinals: users, times: times)
    let model = MergeModel(samples, selection)
    let bytes = try Self.merge(samples, selection)
    guard !model.rows.isEmpty else {
      #expect(bytes == nil)
      return
    }
    try MergedContent.expect(
      try MergedContent.file(try #require(bytes)), model, "\(ordinals), seed \(seed)")
  }

  /// Merging in steps is merging at once.
  @Test(arguments: Ordinals.allCases, [51, 52, 53] as [UInt64])
  func mergesOfMerges(_ ordinals: Ordinals, _ seed: UInt64) throws {
    let samples = Self.samples(
      4, seed: seed, rowCount: 400, ordinals: ordinals.make(12, seed: seed))
    let files = try samples.map { try $0.opened() }
    func merged(_ files: [SegmentFile]) throws -> [UInt8] {
      try #require(try SegmentFileMerge(files).encode(arrivalNumber: 3)?.joined())
    }
    let atOnce = try merged(files)
    let left = try MergedContent.file(try merged(Array(files[..<2])))
    let right = try MergedContent.file(try merged(Array(files[2...])))
    #expect(try merged([left, right]) == atOnce)
    #expect(try merged([try MergedContent.file(atOnce)]) == atOnce)
  }

  @Test func nothingIsLeft() throws {
    var sample = SegmentSample()
    sample.append(3, "A", at: 5, ["p": "x"])
    var selection = SegmentFileMerge.Selection()
    selection.times = []
    #expect(try Self.merge([sample], selection) == nil)
    #expect(try Self.merge([]) == nil)
    selection = .init()
    selection.skippedRuns = [.init(file: 0, run: 0)]
    #expect(try Self.merge([sample], selection) == nil)
    sample.firstSeen = [(3, 1)]
    #expect(try Self.merge([sample], selection) != nil)
    selection.keepsCorrections = false
    #expect(try Self.merge([sample], selection) == nil)
  }

  @Test func skippedRunsAreLeftOut() throws {
    var samples = [SegmentSample(), SegmentSample()]
    for (file, type) in [(0, "A"), (0, "B"), (1, "A")] as [(Int, Text)] {
      samples[file].append(UInt32(file), type, at: 5, ["p": .text(Text("\(type)\(file)"))])
    }
    var selection = SegmentFileMerge.Selection()
    selection.skippedRuns = [.init(file: 0, run: 0)]
    let file = try MergedContent.file(try #require(try Self.merge(samples, selection)))
    #expect(try file.storedRows().map { $0.map(\.user) } == [[1], [0]])
    let dictionary = try file.dictionary(ofProperty: 0)
    #expect(try (0..<dictionary.count).map { try dictionary.text(at: $0) } == ["A1", "B0"])
  }
}
