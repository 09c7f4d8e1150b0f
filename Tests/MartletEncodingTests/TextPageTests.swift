import MartletEncoding
import MartletModel
import Testing

@Suite("Text pages")
struct TextPageTests {
  static func encode(_ strings: [String], level: Int = 3) -> [UInt8] {
    var arena: [UInt8] = [0xAA, 0xBB]
    var ends: [Int] = []
    for string in strings {
      arena.append(contentsOf: string.utf8)
      ends.append(arena.count)
    }
    return TextPage.encode(arena, ends: ends[...], start: 2, compressionLevel: level)
  }

  static func decode(_ page: [UInt8], count: Int) throws(MartletError) -> [String] {
    var arena: [UInt8] = [1, 2, 3]
    var ends: [Int] = [3]
    do {
      try TextPage.decode(page.rawSpan, count: count, into: &arena, ends: &ends)
    } catch {
      #expect(arena == [1, 2, 3] && ends == [3])
      throw error
    }
    return zip(ends, ends.dropFirst()).map { String(decoding: arena[$0..<$1], as: UTF8.self) }
  }

  static func samples(count: Int) -> [[String]] {
    var generator = SeededGenerator(seed: 11)
    func random(_ most: Int) -> String {
      String(
        decoding: (0..<Int.random(in: 0...most, using: &generator)).map { _ in
          UInt8.random(in: 0x20...0x7E, using: &generator)
        }, as: UTF8.self)
    }
    return [
      Array(repeating: "", count: count), Array(repeating: "same", count: count),
      (0..<count).map { _ in random(12) },
      (0..<count).map { "user-\(1_000_000 + $0 * 7)@example.com" },
      (0..<count).map { _ in random(20) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) },
      (0..<count).map { ["/", "/pricing", "/blog/2026/03/a-long-title", "/docs"][$0 * $0 % 4] },
    ]
  }

  @Test("What goes in comes out", arguments: [1, 2, 3, 17, 300, 5000])
  func roundTrip(count: Int) throws {
    for strings in Self.samples(count: count) {
      for level in [0, 1, 3] {
        let page = Self.encode(strings, level: level)
        let decoded = try Self.decode(page, count: count)
        #expect(decoded == strings)
      }
    }
  }

  @Test("Sorted identifiers are front-coded and small")
  func frontCoding() {
    let page = Self.encode(Self.samples(count: 5000)[3])
    #expect(page[0] == 1)
    #expect(page.count < 5000 * 3)
  }

  @Test("Damage is found, or harmless", arguments: [1, 2, 17, 60])
  func damage(count: Int) {
    for strings in Self.samples(count: count) {
      for level in [0, 3] {
        let page = Self.encode(strings, level: level)
        expectDamageIsHarmless(page, "\(count) texts such as \(strings[0])") { damaged in
          let decoded = try Self.decode(damaged, count: count)
          #expect(decoded.count == count)
        }
      }
    }
  }

  @Test("A page beyond the limit is refused")
  func limit() throws {
    let page = Self.encode(Self.samples(count: 300)[3])
    var (arena, ends): ([UInt8], [Int]) = ([], [])
    let error = error(of: {
      try TextPage.decode(page.rawSpan, count: 300, into: &arena, ends: &ends, limit: 7199)
    })
    #expect(error?.reason == "a count is 7200, but at most 7199 is possible")
    try TextPage.decode(page.rawSpan, count: 300, into: &arena, ends: &ends, limit: 7200)
    #expect(arena.count == 7200)
  }

  @Test("Lengths and content that are each sound and do not belong together are refused")
  func contradictions() {
    // The page of the golden bytes, whose block is whole and a byte shorter, or longer.
    for (block, count) in [("0004676f476f", 4), ("0006676f476f2121", 6)] {
      let page = bytes(hex: "000505" + "0100010232" + block)
      let error = error(of: { _ = try Self.decode(page, count: 3) })
      let reason =
        count == 4
        ? "5 bytes are stated, 4 are stored" : "a count is 6, but at most 5 is possible"
      #expect(error?.code == .corrupt && error?.reason == reason, "\(String(describing: error))")
    }
  }

  @Test("A page of no values, or of more than a page holds, is none")
  func counts() {
    for count in [0, Format.pageValueCountMax + 1, -1] {
      let page = Self.encode(["a"])
      let error = error(of: { _ = try Self.decode(page, count: count) })
      #expect(error?.code == .corrupt)
      #expect(error?.reason == "a page cannot hold \(count) values")
    }
  }

  @Test("The bytes are as specified")
  func golden() {
    // 5 bytes; a page of 5 bytes: packed from 0 in steps of 1, 2 bits each, 2 0 3; stored, 5 bytes.
    #expect(
      hex(Self.encode(["go", "", "Go!"]))
        == "00 05 05 0100010232 0005676f476f21".filter { $0 != " " })
    let names = (0..<12).map { "customer-0000-\(10 + $0)" } + ["customers"]
    #expect(
      hex(Self.encode(names, level: 0))
        == "01c901060112" + "0701ff0f" + "0b01000104f0fffffffffe08"
        + "001d637573746f6d65722d303030302d313031323334353637383932303173")
  }
}
