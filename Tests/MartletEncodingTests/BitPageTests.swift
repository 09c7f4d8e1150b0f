import MartletEncoding
import MartletModel
import Testing

@Suite("Bit pages")
struct BitPageTests {
  static func samples(count: Int) -> [[Bool]] {
    var generator = SeededGenerator(seed: 3)
    return [
      Array(repeating: false, count: count), Array(repeating: true, count: count),
      (0..<count).map { _ in Bool.random(using: &generator) },
      (0..<count).map { _ in Int.random(in: 0..<50, using: &generator) == 0 },
      (0..<count).map { $0 / 37 % 2 == 0 },
    ]
  }

  @Test(
    "What goes in comes out", arguments: [1, 7, 8, 9, 63, 64, 65, 127, 128, 1000, 8192, 65_536])
  func roundTrip(count: Int) throws {
    for values in Self.samples(count: count) {
      let page = BitPage.encode(values[...])
      let words = try BitPage.decode(page.rawSpan, count: count)
      #expect(words.count == (count + 63) / 64)
      let decoded = (0..<count).map { words[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
      #expect(decoded == values, "\(count) values")
      #expect(page == BitPage.encode(words: words, count: count))
      #expect(page.count <= 1 + (count + 7) / 8)
    }
  }

  @Test("Damage is found, or harmless", arguments: [1, 8, 13, 64, 100, 700])
  func damage(count: Int) {
    for values in Self.samples(count: count) {
      let page = BitPage.encode(values[...])
      expectDamageIsHarmless(page, "\(count) bits") { damaged in
        let words = try BitPage.decode(damaged.rawSpan, count: count)
        #expect(words.count == (count + 63) / 64)
        #expect(count % 64 == 0 || words[count / 64] >> UInt64(count % 64) == 0)
      }
    }
  }

  @Test("A page of no values, or of more than a page holds, is none")
  func counts() {
    for count in [0, Format.pageValueCountMax + 1, -1] {
      for page: [UInt8] in [[0], [1], [2, 1], [3, 1]] {
        let error = error(of: { _ = try BitPage.decode(page.rawSpan, count: count) })
        #expect(error?.code == .corrupt)
        #expect(error?.reason == "a page cannot hold \(count) values")
      }
    }
  }

  @Test("The bytes are as specified")
  func golden() {
    #expect(hex(BitPage.encode([false, false])) == "00")
    #expect(hex(BitPage.encode([true, true, true])) == "01")
    let ten = [true, false, true, true, false, false, false, false, false, true]
    #expect(hex(BitPage.encode(ten[...])) == "020d02")
  }

  @Test("Level 0 does without zstd")
  func uncompressed() {
    let values = Self.samples(count: 8192)[3]
    #expect(BitPage.encode(values[...], compressionLevel: 0)[0] == 2)
    #expect(BitPage.encode(values[...], compressionLevel: 3)[0] == 3)
  }
}
