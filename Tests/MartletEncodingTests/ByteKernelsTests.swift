import MartletEncoding
import Testing

/// Hashing, equality and order of bytes.
struct ByteKernelsTests {
  /// Strings that differ in one early byte, and share length and end, hash apart.
  @Test func everyByteCounts() {
    var seen: Set<UInt64> = []
    for length in [1, 7, 8, 9, 16, 23, 40] {
      for position in 0..<length {
        for value in UInt8(0)...255 {
          var bytes = [UInt8](repeating: 7, count: length)
          bytes[position] = value
          seen.insert(ByteKernels.hash(bytes.rawSpan))
        }
      }
    }
    // For each length all strings but one are new each time: 255 a position, and the common one.
    let expected = [1, 7, 8, 9, 16, 23, 40].reduce(0) { $0 + $1 * 255 + 1 }
    #expect(seen.count == expected)
  }

  /// The bits that tables use, the lower ones of the upper half, spread as well as chance.
  @Test func tableBitsSpread() {
    var counts = [Int](repeating: 0, count: 1024)
    for number in 0..<102_400 {
      let text = Array("user_\(1_000_000 + number)".utf8)
      counts[Int(ByteKernels.hash(text.rawSpan) >> 32 & 1023)] += 1
    }
    #expect((counts.max() ?? 0) < 160 && (counts.min() ?? 0) > 50)
  }

  @Test func equalityAndOrderFollowTheBytes() {
    let texts: [[UInt8]] = [
      [], [0], [0, 0], [1], [255], Array("abcdefgh".utf8), Array("abcdefgi".utf8),
      Array("abcdefghi".utf8), Array("abcdefghijklmnopq".utf8), Array("abcdefghijklmnopr".utf8),
    ]
    for left in texts {
      for right in texts {
        #expect(ByteKernels.equal(left.rawSpan, right.rawSpan) == (left == right))
        #expect(
          ByteKernels.precedes(left.rawSpan, right.rawSpan)
            == left.lexicographicallyPrecedes(right))
      }
    }
  }
}
