import MartletModel
import RoaringBitmap

/// Bits for the users of a span.
struct SpanBits: Sendable {
  private(set) var words: [UInt64]

  init(_ span: UserSpan) { words = [UInt64](repeating: 0, count: span.width / 64) }

  /// The users of a span that a bitmap holds.
  init(_ span: UserSpan, _ bitmap: RoaringBitmap) {
    words = []
    words.reserveCapacity(span.width / 64)
    for key in span.keys { words += bitmap.words(ofKey: UInt16(key)) }
  }

  subscript(user: UInt32) -> Bool { words[Int(user >> 6)] >> UInt64(user & 63) & 1 != 0 }

  mutating func insert(_ user: UInt32) { words[Int(user >> 6)] |= 1 << UInt64(user & 63) }

  mutating func remove(_ user: UInt32) { words[Int(user >> 6)] &= ~(1 << UInt64(user & 63)) }

  mutating func formUnion(_ other: SpanBits) {
    for index in words.indices { words[index] |= other.words[index] }
  }
}

/// Runs a scan span by span, in parallel, and puts the bits together.
enum SpanScan {
  /// - Parameters:
  ///   - rowCount: rows that the scan will read, which sets the size of the spans.
  ///   - candidates: users whose result matters; spans without any are skipped.
  static func run(
    _ context: QueryContext, rowCount: Int, candidates: RoaringBitmap?,
    _ body: (UserSpan) throws(MartletError) -> SpanBits
  ) throws(MartletError) -> RoaringBitmap {
    let pairs = try runPairs(context, rowCount: rowCount, candidates: candidates) {
      span throws(MartletError) in (try body(span), nil)
    }
    return pairs.matched
  }

  /// The same for scans that also find undecided users: `body` returns who matches and, where it
  /// differs, who may.
  static func runPairs(
    _ context: QueryContext, rowCount: Int, candidates: RoaringBitmap?,
    _ body: (UserSpan) throws(MartletError) -> (matched: SpanBits, possible: SpanBits?)
  ) throws(MartletError) -> Truth {
    var spans = UserSpan.cover(userCount: context.userCount, rowCount: rowCount)
    if let candidates {
      let keys = Set(candidates.keys.map(Int.init))
      spans = spans.filter { span in span.keys.contains(where: keys.contains) }
    }
    let results = try Parallel.map(spans, body)
    let matched = assemble(spans, results.map(\.matched))
    guard results.contains(where: { $0.possible != nil }) else { return Truth(matched) }
    let possible = assemble(spans, results.map { $0.possible ?? $0.matched })
    return Truth(matched: matched, possible: possible)
  }

  private static func assemble(_ spans: [UserSpan], _ bits: [SpanBits]) -> RoaringBitmap {
    var builder = RoaringBitmapBuilder()
    for (span, bits) in zip(spans, bits) {
      for (index, key) in span.keys.enumerated() {
        let words = bits.words[index * 1024..<(index + 1) * 1024]
        if words.contains(where: { $0 != 0 }) {
          builder.append(key: UInt16(key), words: Array(words))
        }
      }
    }
    return builder.finish()
  }
}
