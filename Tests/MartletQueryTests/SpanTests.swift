import MartletTestSupport
import RoaringBitmap
import Testing

@testable import MartletQuery

/// Spans of users and the bits of one.
@Suite struct SpanTests {
  @Test(arguments: [0, 1, 65_536, 65_537, 10_000_000, Int(UInt32.max)])
  func spansCoverAllUsersOnce(_ userCount: Int) {
    for rowCount in [0, 1, 1_000_000, 4_000_000_000] {
      let spans = UserSpan.cover(userCount: userCount, rowCount: rowCount)
      #expect(spans.first?.keys.lowerBound == 0)
      for (left, right) in zip(spans, spans.dropFirst()) {
        #expect(left.keys.upperBound == right.keys.lowerBound)
      }
      let end = spans.last?.keys.upperBound ?? 0
      #expect(end << 16 >= userCount && (end - 1) << 16 <= max(0, userCount - 1))
      #expect(spans.allSatisfy { !$0.keys.isEmpty && $0.width == $0.keys.count << 16 })
    }
  }

  @Test func bitsOfASpan() {
    let span = UserSpan(keys: 1..<3)
    #expect(span.firstOrdinal == 65_536)
    var random = SplitMix64(seed: 6)
    let users: [UInt32] = [0, 63, 64, 65_535, 65_536, 131_071]
    var (bits, set) = (SpanBits(span), Set<UInt32>())
    for _ in 0..<200 {
      let user = random.chance(0.3) ? random.pick(users) : UInt32(random.integer(0...131_071))
      if random.chance(0.8) {
        bits.insert(user)
        set.insert(user)
      } else {
        bits.remove(user)
        set.remove(user)
      }
      #expect(bits[user] == set.contains(user))
    }
    let bitmap = RoaringBitmap(sorted: [5] + set.sorted().map { $0 + 65_536 } + [1 << 20])
    #expect(SpanBits(span, bitmap).words == bits.words)
    var both = SpanBits(span)
    both.insert(1)
    both.formUnion(bits)
    #expect(both[1] && set.allSatisfy { both[$0] })
  }
}
