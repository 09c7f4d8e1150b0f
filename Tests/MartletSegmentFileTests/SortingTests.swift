import MartletEncoding
import MartletModel
import MartletTestSupport
import Testing

@testable import MartletSegmentFile

/// The orders that a writer puts rows and texts in.
@Suite struct SortingTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func rowsByUserTimeArrival(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let pools: [[Int64]] = [
      [0], [.min, -1, 0, 1, .max], [-62_135_596_800_000, 253_402_300_799_999, 0],
      (0..<40).map { $0 * 86_400_000 },
    ]
    let pool = pools[Int(seed) % pools.count]
    let userPool: [UInt32] = [0, 1, 2047, 2048, 65_535, 65_536, 1 << 22, .max - 1]
    let users = (0..<900).map { _ in random.pick(userPool) }
    let times = (0..<900).map { _ in random.pick(pool) }
    let expected = users.indices.sorted {
      (users[$0], times[$0], $0) < (users[$1], times[$1], $1)
    }
    #expect(RowOrder.permutation(users: users, times: times).map(Int.init) == expected)
    // In order of time already: the passes over time are left out.
    let ordered = times.sorted()
    let expectedOrdered = users.indices.sorted { (users[$0], $0) < (users[$1], $1) }
    #expect(RowOrder.permutation(users: users, times: ordered).map(Int.init) == expectedOrdered)
  }

  @Test func fewRows() {
    #expect(RowOrder.permutation(users: [], times: []) == [])
    #expect(RowOrder.permutation(users: [7], times: [1]) == [0])
    #expect(RowOrder.permutation(users: [7, 7], times: [2, 1]) == [1, 0])
  }

  @Test func distinctNumbers() {
    #expect(RowOrder.sortedDistinct([]) == [])
    #expect(RowOrder.sortedDistinct([5]) == [5])
    #expect(RowOrder.sortedDistinct([0, 0, 0]) == [0])
    var random = SplitMix64(seed: 8)
    let values = (0..<2000).map { _ in
      random.chance(0.5) ? UInt32(random.integer(0...99)) : random.pick([.max, 1 << 31, 4096])
    }
    #expect(RowOrder.sortedDistinct(values) == Set(values).sorted())
  }

  private func sorted(_ texts: [[UInt8]]) -> (encoded: EncodedTexts, order: [[UInt8]]) {
    var property = SegmentFileBuffer.Property(name: "p")
    for text in texts {
      _ = property.texts.intern(text.rawSpan)
      property.textValueCount += 1
    }
    let encoded = EncodedTexts(property)
    return (encoded, encoded.sorted.map { Array(encoded.arena[encoded.range(of: Int($0))]) })
  }

  @Test(arguments: [
    ["b", "a", "c"], ["", "a"], ["shared-prefix-2", "shared-prefix-10", "shared-prefix-"],
    ["a\0", "a", "a\0\0", "a\u{1}", "a\0b"], ["12345678", "123456789", "1234567", "12345678\0"],
    ["long-long-long-long-a", "long-long-long-long-b", "long-long-long-long"],
    ["é", "e\u{301}", "z", "ä", "\u{10FFFF}", "~"], ["x"],
    ["prefix-aaaaaaaaa1", "prefix-aaaaaaaaa0", "prefix-aaaaaaaaa", "prefix-aaaaaaaa\0"],
  ])
  func textsByTheirBytes(_ texts: [String]) {
    let bytes = texts.map { Array($0.utf8) }
    let (encoded, order) = sorted(bytes)
    #expect(order == bytes.sorted { $0.lexicographicallyPrecedes($1) })
    #expect(encoded.sorted.indices.allSatisfy { encoded.ranks[Int(encoded.sorted[$0])] == $0 })
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func randomTextsByTheirBytes(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let prefix = (0..<random.integer(0...12)).map { _ in UInt8(random.integer(0...255)) }
    let texts = (0..<200).map { _ in
      prefix + (0..<random.integer(0...11)).map { _ in random.pick([0, 1, 255]) as UInt8 }
    }
    let (encoded, order) = sorted(texts)
    #expect(!encoded.isPlain)
    #expect(order == Set(texts).sorted { $0.lexicographicallyPrecedes($1) })
  }

  @Test func textsAreWrittenOutWhereMostDiffer() {
    func isPlain(distinct: Int, values: Int) -> Bool {
      var property = SegmentFileBuffer.Property(name: "p")
      for index in 0..<distinct { _ = property.texts.intern(Array("\(index)".utf8).rawSpan) }
      property.textValueCount = values
      return EncodedTexts(property).isPlain
    }
    #expect(!isPlain(distinct: 255, values: 255))
    #expect(isPlain(distinct: 256, values: 256))
    #expect(isPlain(distinct: 201, values: 400))
    #expect(!isPlain(distinct: 200, values: 400))
  }

  @Test func insertIDsOfATableAreFoundAsItGrows() {
    var table = InsertIDTable()
    var arena: [UInt8] = []
    func key(_ index: Int) -> (InsertIDKey, [UInt8]) {
      let id = Array("id\(index / 2)".utf8)
      return (InsertIDKey(user: UInt32(index % 2), eventType: "A", insertID: id.rawSpan), id)
    }
    for index in 0..<1000 {
      let (key, id) = key(index)
      #expect(!table.contains(key, id, arena: arena))
      arena += id
      table.insert(key, range: arena.count - id.count..<arena.count)
      #expect(table.contains(key, id, arena: arena))
    }
    for index in 0..<1000 {
      let (key, id) = key(index)
      #expect(table.contains(key, id, arena: arena))
    }
    #expect(table.fingerprints.count == 1000)
    // An equal key with other bytes: a collision of fingerprints is no duplicate.
    let (first, _) = key(0)
    #expect(!table.contains(first, Array("id-0".utf8), arena: arena))
  }
}
