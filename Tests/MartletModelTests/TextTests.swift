import MartletModel
import Testing

@Suite("Text")
struct TextTests {
  @Test("Equal only byte for byte: composed and decomposed accents differ")
  func equality() {
    let (composed, decomposed) = (Text("caf\u{E9}"), Text("cafe\u{301}"))
    #expect(composed.string == decomposed.string)
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed, composed]).count == 2)
  }

  @Test("Ordered by bytes")
  func order() {
    let ascending: [Text] = ["", "A", "Z", "a", "ab", "b", "\u{7F}", "é", "\u{FFFF}", "😀"]
    #expect(ascending.shuffled().sorted() == ascending)
  }

  @Test("Bytes that are not UTF-8 are nil")
  func validation() {
    #expect(Text(validating: [0x61, 0x00, 0xC3, 0xA9])?.string == "a\u{0}é")
    for invalid: [UInt8] in [
      [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
    ] {
      #expect(Text(validating: invalid) == nil)
    }
  }
}
