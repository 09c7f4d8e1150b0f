import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap
import Testing

/// What a segment file gives back is what was put in.
@Suite struct RoundTripTests {
  @Test(arguments: Ordinals.allCases, [1, 2, 3] as [UInt64])
  func randomRows(_ ordinals: Ordinals, _ seed: UInt64) throws {
    let users = ordinals.make(24, seed: seed)
    var sample = SegmentSample(seed: seed, rowCount: 700, ordinals: users)
    sample.firstSeen = [(3, -5), (70_000, 12)]
    let file = try sample.opened()
    #expect(try file.storedRows() == sample.expectedRuns)
    #expect(try file.firstSeenCorrections().map(\.user) == [3, 70_000])
    #expect(try file.firstSeenCorrections().map(\.time) == [-5, 12])
  }

  @Test func theDirectoryCountsWhatTheRunsHold() throws {
    let sample = SegmentSample(
      seed: 9, rowCount: 500, ordinals: Ordinals.sparse.make(30, seed: 9))
    let bytes = try sample.encoded(arrivalNumber: 77)
    let file = try SegmentFile(FileBytes(bytes, name: "f"))
    let expected = sample.expectedRuns
    #expect(file.directory.arrivalNumber == 77)
    #expect(file.directory.runs.map(\.eventType) == expected.map { $0[0].eventType })
    for (entry, rows) in zip(file.directory.runs, expected) {
      #expect(entry.rowCount == rows.count)
      #expect(entry.userCount == Set(rows.map(\.user)).count)
      #expect(entry.earliest == rows.map(\.time).min())
      #expect(entry.latest == rows.map(\.time).max())
    }
    let times = expected.flatMap { $0.map(\.time) }
    #expect(file.timeRange?.lowerBound == times.min())
    #expect(file.timeRange?.upperBound == times.max())
    // The directory itself and the trailer are written after the bytes are counted.
    let counted = file.directory.byteCounts.reduce(0, +)
    #expect(counted < UInt64(bytes.count) && counted > UInt64(bytes.count / 2))
  }

  @Test func theSameRowsMakeTheSameBytes() throws {
    let sample = SegmentSample(
      seed: 4, rowCount: 300, ordinals: Ordinals.severalBlocks.make(20, seed: 4))
    #expect(try sample.encoded() == sample.encoded())
  }

  @Test func aFileWithoutRowsOpens() throws {
    let file = try SegmentSample().opened()
    #expect(try file.storedRows().isEmpty)
    #expect(file.timeRange == nil)
    #expect(try file.anyUsers().isEmpty)
    #expect(try file.run(of: "A") == nil)
    #expect(try file.traitRun() == nil)
  }

  @Test func numbersThatOverflowTheCommonScaleBecomeWide() throws {
    var sample = SegmentSample()
    let numbers: [Number] = [
      Number(.max), Number(.min), 1, 0, Number(significand: 1, exponent: -18),
      Number(significand: Int128(Int64.max), exponent: -18), 9, 10, -9, -10,
      Number(significand: 7, exponent: 30), Number(significand: 7, exponent: -30),
      Number(significand: Int128(Int64.max) + 1, exponent: 0),
    ]
    for (index, number) in numbers.enumerated() {
      sample.append(UInt32(index / 2), "A", at: Int64(index), ["n": .number(number)])
    }
    let file = try sample.opened()
    #expect(try file.storedRows() == sample.expectedRuns)
    let run = try #require(try file.run(of: "A"))
    let columns = run.columns(ofProperty: 0)
    // 10^18 times 10 is the first integer that does not fit; so is -10.
    #expect(columns.map(\.kind) == [.number, .wideNumber, .wideNumber])
    #expect(columns.map(\.values.valueCount).sorted() == [3, 4, 6])
  }

  @Test func manyDifferentTextsAreWrittenOut() throws {
    var sample = SegmentSample()
    for index in 0..<600 {
      sample.append(
        UInt32(index % 11), index % 3 == 0 ? "A" : "B", at: Int64(index),
        ["page": .text(Text("p\(index)")), "kind": .text(Text("k\(index % 5)"))])
    }
    let file = try sample.opened()
    #expect(try file.storedRows() == sample.expectedRuns)
    let run = try #require(try file.run(of: "A"))
    let page = try #require(file.propertyIndex(of: "page"))
    let kind = try #require(file.propertyIndex(of: "kind"))
    #expect(run.columns(ofProperty: page).map(\.kind) == [.plainText])
    #expect(run.columns(ofProperty: kind).map(\.kind) == [.text])
    #expect(try file.dictionary(ofProperty: page).count == 0)
    let dictionary = try file.dictionary(ofProperty: kind)
    #expect(try (0..<5).map { try dictionary.text(at: $0) } == ["k0", "k1", "k2", "k3", "k4"])
    #expect(dictionary.position(of: "k3") == 3)
    #expect(dictionary.position(of: "k") == nil)
    #expect(dictionary.lowerBound(of: "k9") == 5)
  }

  @Test func listsOfMixedKindsAndEmptyListsKeepTheirRows() throws {
    var sample = SegmentSample()
    let lists: [[Value]] = [
      [], [1, "a", true], [], ["a", "b", 2.5, 1e30, false, "a"], [9],
      [1e-30, Value.number(Number(.max))],
    ]
    var random = SplitMix64(seed: 5)
    for index in 0..<300 {
      let list = random.pick(lists)
      let other: Value = index % 4 == 0 ? 3 : .list(random.pick(lists))
      sample.append(
        UInt32(random.integer(0...9)), "A", at: Int64(random.integer(0...20)),
        index % 7 == 0 ? ["other": other] : ["tags": .list(list), "other": other])
    }
    #expect(try sample.opened().storedRows() == sample.expectedRuns)
  }
}
