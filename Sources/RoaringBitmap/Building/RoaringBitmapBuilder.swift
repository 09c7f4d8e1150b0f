/// Builds a bitmap block by block, in ascending order of keys.
///
/// ```swift
/// var builder = RoaringBitmapBuilder()
/// builder.append(key: 0, words: activeWords)
/// builder.append(key: 7, lowValues: [1, 5, 9])
/// let bitmap = builder.finish()
/// ```
public struct RoaringBitmapBuilder: Sendable {
  private var blocks: [Block] = []
  /// The payloads; the blocks' offsets count from its start.
  private var payload: [UInt64] = []

  /// A builder without blocks.
  public init() {}

  /// Appends the members that 1,024 words hold: bit *i* of word *w* is the low half 64 *w* + *i*.
  /// Words without a bit append nothing.
  ///
  /// - Precondition: `key` is above every key appended before; there are 1,024 words.
  /// - Complexity: O(8 KiB).
  public mutating func append(key: UInt16, words: Span<UInt64>) {
    append(RoaringBitmap(key: key, words: words), key: key)
  }

  /// Appends the members that 1,024 words hold.
  ///
  /// - Precondition: as ``append(key:words:)-(_,Span<UInt64>)``.
  /// - Complexity: O(8 KiB).
  public mutating func append(key: UInt16, words: [UInt64]) {
    append(key: key, words: words.span)
  }

  /// Appends the members with these low halves, strictly ascending.
  ///
  /// - Precondition: `key` is above every key appended before; `lowValues` ascends strictly.
  /// - Complexity: O(*m*), *m* the members of the block.
  public mutating func append(key: UInt16, lowValues: Span<UInt16>) {
    precondition(Kernels.ascends(lowValues), "the low values of a block ascend strictly")
    let wordCount = (Swift.min(2 &* lowValues.count, Format.bitsetByteCount) &+ 7) / 8
    append(
      RoaringBitmap(blockCount: 1, wordCount: wordCount) { blocks, words in
        Kernels.store(lowValues, key: key, to: &blocks, &words)
      }, key: key)
  }

  /// Appends the members with these low halves, strictly ascending.
  ///
  /// - Precondition: as ``append(key:lowValues:)-(_,Span<UInt16>)``.
  /// - Complexity: O(*m*), *m* the members of the block.
  public mutating func append(key: UInt16, lowValues: [UInt16]) {
    append(key: key, lowValues: lowValues.span)
  }

  /// Appends a block of another bitmap, if it has one with that key.
  ///
  /// - Precondition: `key` is above every key appended before.
  /// - Complexity: O(*m*), the block's compressed size.
  public mutating func append(blockOf other: RoaringBitmap, key: UInt16) {
    append(other.restricted(toKey: key), key: key)
  }

  private mutating func append(_ bitmap: RoaringBitmap, key: UInt16) {
    precondition(
      blocks.last.map { $0.key < key } ?? true, "blocks come in ascending order of keys")
    if bitmap.isEmpty { return }
    var block = bitmap.blocks[0]
    let start = block.wordOffset
    block.byteOffset = payload.count * 8
    blocks.append(block)
    payload.append(contentsOf: bitmap.words[start..<(start + block.wordCapacity)])
  }

  /// The bitmap; the builder starts over.
  public mutating func finish() -> RoaringBitmap {
    let bitmap = RoaringBitmap(blockCount: blocks.count, wordCount: payload.count) {
      headers, words in
      let start = words.count
      Kernels.copyWords(payload.span, to: &words)
      for var block in blocks {
        block.byteOffset += start * 8
        Kernels.append(block, to: &headers, &words)
      }
    }
    self = RoaringBitmapBuilder()
    return bitmap
  }
}
