import MartletModel
import MartletSegmentFile
import MartletTestSupport
import Testing

@Suite struct TextTableTests {
  private func bytes(_ table: TextTable, _ index: Int) -> [UInt8] {
    Array(table.arena[table.range(of: index)])
  }

  @Test func numbersFollowFirstSight() {
    var table = TextTable()
    var known: [[UInt8]: Int] = [:]
    var random = SplitMix64(seed: 3)
    for _ in 0..<5000 {
      let count = random.integer(0...3)
      let text = (0..<count).map { _ in UInt8(random.integer(0...12)) }
      let (index, isNew) = table.intern(text)
      #expect(isNew == (known[text] == nil))
      #expect(index == known[text] ?? known.count)
      known[text] = index
    }
    #expect(table.count == known.count && table.count > 1000)
    for (text, index) in known {
      #expect(table.find(text) == index)
      #expect(bytes(table, index) == text)
    }
    #expect(table.find([13]) == nil)
  }

  @Test func emptyTextAndTextsOfNulBytesDiffer() {
    var table = TextTable()
    for count in 0..<20 {
      #expect(table.intern([UInt8](repeating: 0, count: count)) == (count, true))
    }
    for count in 0..<20 {
      #expect(table.find([UInt8](repeating: 0, count: count)) == count)
    }
  }

  @Test(arguments: [0, 1, 55, 56, 57, 1000])
  func aTableOfDistinctTextsFindsThem(_ count: Int) {
    var (arena, ends): ([UInt8], [Int]) = ([], [])
    for index in 0..<count {
      arena += Array("user-\(index)".utf8)
      ends.append(arena.count)
    }
    var table = TextTable(distinct: arena, ends: ends)
    #expect(table.count == count)
    for index in 0..<count {
      #expect(table.find(Array("user-\(index)".utf8)) == index)
    }
    #expect(table.find(Array("user-".utf8)) == nil)
    #expect(table.intern(Array("another".utf8)) == (count, true))
    #expect(table.intern(Array("another".utf8)) == (count, false))
  }
}
