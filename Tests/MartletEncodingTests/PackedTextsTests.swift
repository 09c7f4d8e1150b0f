import MartletEncoding
import MartletModel
import Testing

/// Text pages of strings that have one length and differ in hexadecimal digits only.
@Suite("Packed text pages")
struct PackedTextsTests {
  /// Pages that random strings give, by the specification and nothing else.
  static func pages(seed: UInt64, count: Int) -> [PlainPackedPage] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in PlainPackedPage(&random) }
  }

  static func encode(_ strings: [[UInt8]]) -> [UInt8] {
    var (arena, ends): ([UInt8], [Int]) = ([0xAA], [])
    for string in strings {
      arena += string
      ends.append(arena.count)
    }
    return TextPage.encode(arena, ends: ends[...], start: 1)
  }

  static func encode(_ strings: [String]) -> [UInt8] { encode(strings.map { Array($0.utf8) }) }

  static func decode(_ page: [UInt8], count: Int) throws(MartletError) -> [[UInt8]] {
    var (arena, ends): ([UInt8], [Int]) = ([1, 2, 3], [3])
    do {
      try TextPage.decode(page.rawSpan, count: count, into: &arena, ends: &ends)
    } catch {
      #expect(arena == [1, 2, 3] && ends == [3])
      throw error
    }
    return zip(ends, ends.dropFirst()).map { Array(arena[$0..<$1]) }
  }

  /// The first of some strings of a page that is `text`.
  static func find(
    _ text: [UInt8], in range: Range<Int>, of page: [UInt8], count: Int
  ) throws(MartletError) -> Int? {
    try PackedTexts(page.rawSpan, count: count).firstIndex(of: text.rawSpan, in: range)
  }

  @Test("The bytes are as specified")
  func golden() throws {
    // 18 bytes of lower case; digits at 3, 4 and 5 behind "id-"; 0 a 3, 7 f 1, c 0 9.
    #expect(
      hex(Self.encode(["id-0a3", "id-7f1", "id-c09"]))
        == "02 12 00 38 69642d a003 f701 0c09".filter { $0 != " " })
    #expect(hex(Self.encode(["A0", "A0", "AF"])) == "02 06 01 02 41 00 00 0f".filter { $0 != " " })
    #expect(hex(Self.encode(["same", "same"])) == "02 08 00 00 73616d65".filter { $0 != " " })
    #expect(hex(Self.encode(["x"])) == "02 01 00 00 78".filter { $0 != " " })
  }

  @Test(
    "What goes in comes out, and is found where it lies", arguments: 1...8 as ClosedRange<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var packedCount = 0
    for page in Self.pages(seed: seed, count: 60) {
      let strings = page.strings
      let encoded = Self.encode(strings)
      #expect(encoded.count <= page.bytes.count, "seed \(seed)")
      if encoded[0] == 2 {
        packedCount += 1
        #expect(encoded == page.bytes, "seed \(seed)")
      }
      for bytes in [encoded, page.bytes] {
        #expect(try Self.decode(bytes, count: strings.count) == strings, "seed \(seed)")
      }
      let count = strings.count
      for (index, string) in strings.enumerated() {
        #expect(try Self.find(string, in: index..<index + 1, of: page.bytes, count: count) == index)
        let first = strings.firstIndex(of: string)
        #expect(try Self.find(string, in: 0..<count, of: page.bytes, count: count) == first)
        let next = strings[(index + 1)...].firstIndex(of: string)
        #expect(
          try Self.find(string, in: index + 1..<count, of: page.bytes, count: count) == next)
      }
    }
    #expect(packedCount > 40, "seed \(seed)")
  }

  @Test("A string that is another at any byte, or longer or shorter, is not found")
  func others() throws {
    for page in Self.pages(seed: 21, count: 30) {
      let strings = Set(page.strings)
      for string in page.strings.prefix(3) {
        var others = [string + [0x30], Array(string.dropLast()), []]
        for place in string.indices {
          for change: UInt8 in [0x01, 0x10, 0x20, 0x80] {
            var other = string
            other[place] ^= change
            others.append(other)
          }
        }
        for other in others where !strings.contains(other) {
          let count = page.strings.count
          #expect(try Self.find(other, in: 0..<count, of: page.bytes, count: count) == nil)
        }
      }
    }
  }

  @Test(
    "Other strings are stored otherwise",
    arguments: [
      ["a0", "A0"], ["0g", "00"], ["00", "0"], ["", ""], ["a/", "a0"], ["a:", "a0"], ["aG", "a0"],
      ["a@", "a0"], ["a`", "a0"], ["x\u{0}", "x0"],
    ])
  func notPacked(strings: [String]) throws {
    let page = Self.encode(strings)
    let isForm = PackedTexts.isForm(of: page.rawSpan)
    #expect(page[0] != 2 && !isForm)
    #expect(try Self.decode(page, count: 2) == strings.map { Array($0.utf8) })
    let error = error(of: { _ = try PackedTexts(page.rawSpan, count: 2) })
    #expect(error?.reason == "the text encoding is \(page[0]), not that of packed digits")
  }

  @Test("The smallest form is chosen, and this one where two are")
  func choice() {
    // Sixteen bytes of digits each, or what they repeat.
    var random = SeededGenerator(seed: 5)
    let unlike = (0..<500).map { _ in PlainPackedPage.digits(32, &random) }
    #expect(Self.encode(unlike)[0] == 2)
    #expect(Self.encode((0..<500).map { unlike[$0 % 2] })[0] == 0)
    // In order, and with little that differs: front-coded.
    #expect(Self.encode((0..<5000).map { "user-\(1_000_000 + $0 * 7)@example.com" })[0] == 1)
  }

  @Test("Damage is found, or harmless", arguments: [31, 32, 33] as [UInt64])
  func damage(seed: UInt64) {
    for page in Self.pages(seed: seed, count: 12) {
      let count = page.strings.count
      expectDamageIsHarmless(page.bytes, "seed \(seed), \(count) strings") { damaged in
        let view = try? PackedTexts(damaged.rawSpan, count: count).textByteCount
        let strings = try Self.decode(damaged, count: count)
        #expect(strings.count == count)
        guard PackedTexts.isForm(of: damaged.rawSpan) else { return }
        #expect(view == strings[0].count)
        for (index, string) in strings.enumerated() {
          let found = try Self.find(string, in: index..<index + 1, of: damaged, count: count)
          #expect(found == index)
        }
      }
      // Whatever the view takes for a page can be searched.
      for bit in 0..<page.bytes.count * 8 {
        var damaged = page.bytes
        damaged[bit / 8] ^= 1 << UInt8(bit % 8)
        for string in page.strings.prefix(2) {
          let error = error(of: {
            _ = try Self.find(string, in: 0..<count, of: damaged, count: count)
          })
          #expect(error == nil || error?.code == .corrupt)
        }
      }
    }
  }

  @Test(
    "Forged pages are refused, and say why",
    arguments: [
      ("02 00 00 00", "3 strings of one length cannot have 0 bytes"),
      ("02 11 00 38 69642d a003 f701 0c09", "3 strings of one length cannot have 17 bytes"),
      ("02 12 02 38 69642d a003 f701 0c09", "there are no digits 2"),
      ("02 12 00 78 6964 a003 f701 0c09", "a digit stands behind the 6 bytes of a string"),
      ("02 12 00 38 69642d a003 f701 0c", "6 bytes of digits are needed, 5 are stored"),
      ("02 12 00 38 69642d a003 f701 0c09 00", "6 bytes of digits are needed, 7 are stored"),
      ("02 12 00 38 69642d a003 f711 0c09", "half a byte of padding is not 0"),
      ("02 12 00 38 6964", "3 bytes are needed, but only 2 are left"),
      ("02 8080808001 00", "a count is 268435456, but at most 268435455 is possible"),
    ])
  func forged(page: String, reason: String) {
    var (arena, ends): ([UInt8], [Int]) = ([], [])
    let error = error(of: {
      try TextPage.decode(
        bytes(hex: page).rawSpan, count: 3, into: &arena, ends: &ends,
        limit: Format.textPageByteCountMax - 1)
    })
    #expect(error?.code == .corrupt && error?.reason == reason, "\(String(describing: error))")
  }

  @Test("A page of no values, or of more than a page holds, is none")
  func counts() {
    for count in [0, Format.pageValueCountMax + 1, -1] {
      let page = Self.encode(["a"])
      let error = error(of: { _ = try PackedTexts(page.rawSpan, count: count) })
      #expect(error?.code == .corrupt)
      #expect(error?.reason == "a page cannot hold \(count) values")
    }
  }
}
