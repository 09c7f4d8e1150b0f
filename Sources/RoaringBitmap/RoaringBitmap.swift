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
  /// Headers of blocks, ascending by key, with room for `blockCapacity`; then the payloads, in any
  /// order, with holes where blocks have moved away. A payload stands at a multiple of 8 bytes and
  /// overlaps no other; an array has at most 4,096 members, a bitset more, a run block at most
  /// 2,047 runs.
  ///
  /// One buffer for everything: a result costs one allocation and a copy one reference count,
  /// however many blocks there are.
  var words: [UInt64]
  var blockCount: Int
  var blockCapacity: Int
  /// Words in holes.
  var wastedWordCount: Int

  /// The empty set. Allocates nothing.
  public init() {
    words = []
    blockCount = 0
    blockCapacity = 0
    wastedWordCount = 0
  }

  /// Lets `body` append up to `blockCount` blocks, whose payloads need at most `wordCount` words.
  @inline(__always)
  init(
    blockCount: Int, wordCount: Int, _ body: (inout Int, inout OutputSpan<UInt64>) -> Void
  ) {
    let headerWordCount = Block.headerWordCount &* blockCount
    var written = 0
    words = [UInt64](
      reserving: headerWordCount &+ wordCount &+ Format.slackWordCount
    ) { words in
      words.append(repeating: 0, count: headerWordCount)
      body(&written, &words)
    }
    self.blockCount = written
    blockCapacity = blockCount
    wastedWordCount = 0
    if written == 0 {
      self = RoaringBitmap()
    } else if words.capacity > 64 && words.capacity > 2 &* words.count {
      // The room was for the worst case: do not keep more than twice what it turned out to be.
      let exact = words
      words = [UInt64](reserving: exact.count) { words in
        Kernels.copyWords(exact.span, to: &words)
      }
    }
  }

  var source: BlockSource {
    @inline(__always)
    @_lifetime(borrow self)
    get {
      // Safe: words have no padding, so each of their bytes is initialized.
      unsafe BlockSource(
        blocks: BlockList(words.span, count: blockCount), bytes: words.span.bytes)
    }
  }

  var blocks: BlockList {
    @inline(__always)
    @_lifetime(borrow self)
    get { BlockList(words.span, count: blockCount) }
  }

  func block(at index: Int) -> Block { blocks[index] }
}
