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
  func findsManyAtOnce(_ count: Int) {
    var table = TextTable()
    var (bytes, ranges): ([UInt8], [Range<Int>]) = ([], [])
    for index in 0..<count * 2 {
      let text = Array("user-\(index)".utf8)
      if index < count { #expect(table.intern(text) == (index, true)) }
      ranges.append(bytes.count..<bytes.count + text.count)
      bytes += text
    }
    let expected = (0..<count * 2).map { $0 < count ? UInt32($0) : UInt32.max }
    #expect(table.findAll(ranges, in: bytes) == expected)
  }
}
