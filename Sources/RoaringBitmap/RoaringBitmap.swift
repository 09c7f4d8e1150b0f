/// A compressed set of `UInt32` numbers.
///
/// Members that share their high 16 bits form a block, stored as whichever is smaller: a sorted
/// array, a bitset or, after ``runOptimize()``, runs. Operations cost in proportion to the
/// compressed form, so sets of millions of members combine in microseconds to a few milliseconds.
///
/// ```swift
/// var evens = RoaringBitmap(stride(from: 0, to: 1_000_000, by: 2).map(UInt32.init))
/// let low = RoaringBitmap(0..<1_000)
/// evens.intersectionCount(with: low)  // 500
/// ```
///
/// A bitmap is a value: a copy shares storage until one of the two is changed, and then all of it
/// is copied; no part of a bitmap is shared behind its back.
///
/// Sources: S. Chambi, D. Lemire, O. Kaser, R. Godin, "Better bitmap performance with Roaring
/// bitmaps", 2016; D. Lemire, G. Ssi-Yan-Kai, O. Kaser, "Consistently faster and smaller
/// compressed bitmaps with Roaring", 2016; D. Lemire et al., "Roaring bitmaps: implementation of
/// an optimized software library", 2018.
public struct RoaringBitmap: Sendable {
  /// Ascending by key. Each payload lies within `payload`, at a multiple of 8 bytes, overlapping
  /// no other; an array has at most 4,096 members, a bitset more, a run block at most 2,047 runs.
  var blocks: [Block]
  /// The payloads, in any order, with holes where blocks have moved away.
  var payload: [UInt64]
  /// Words of `payload` in holes.
  var wastedWordCount: Int

  /// The empty set. Allocates nothing.
  public init() {
    blocks = []
    payload = []
    wastedWordCount = 0
  }

  init(blocks: [Block], payload: [UInt64]) {
    self.blocks = blocks
    self.payload = payload
    wastedWordCount = 0
  }

  /// Lets `body` append up to `blockCount` blocks, whose payloads need at most `wordCount` words.
  @inline(__always)
  init(
    blockCount: Int, wordCount: Int,
    _ body: (inout OutputSpan<Block>, inout OutputSpan<UInt64>) -> Void
  ) {
    var blocks: [Block] = []
    var payload = [UInt64](capacity: wordCount &+ Format.slackWordCount) { words in
      blocks = [Block](capacity: blockCount) { headers in body(&headers, &words) }
    }
    // The room was for the worst case: do not keep more than twice what it turned out to be.
    if payload.capacity > 64 && payload.capacity > 2 &* payload.count {
      let exact = payload
      payload = [UInt64](capacity: exact.count) { words in
        Kernels.copyWords(exact.span, to: &words)
      }
    }
    if blocks.capacity > 32 && blocks.capacity > 2 &* blocks.count {
      let exact = blocks
      blocks = []
      blocks.reserveCapacity(exact.count)
      blocks.append(contentsOf: exact)
    }
    self.init(blocks: blocks, payload: payload)
  }

  var source: BlockSource {
    @inline(__always)
    @_lifetime(borrow self)
    get {
      // Safe: words have no padding, so each of their bytes is initialized.
      unsafe BlockSource(blocks: blocks.span, bytes: payload.span.bytes)
    }
  }
}
