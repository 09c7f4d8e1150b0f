/// The headers of the portable form: cookie, run flags, keys and cardinalities, offsets. See
/// `formats/bitmap.md`.
struct PortableHeader {
  /// The blocks' headers, `byteOffset` counted from the start of the bytes.
  private var headers: [UInt64]
  /// Where the last block ends.
  let byteCount: Int

  /// Reads the headers, and the number of runs of each run block, at the start of `bytes`; checks
  /// order, offsets and that every payload lies within the bytes, but no payload.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  @inline(__always)
  init(_ bytes: RawSpan) throws(RoaringBitmapError) {
    let layout = try Layout(bytes)
    let wordCount = Block.headerWordCount &* layout.blockCount
    var end: Int?
    if layout.flags == nil {
      headers = [UInt64](reserving: wordCount) { end = Self.readPlain(bytes, layout, into: &$0) }
      if let end {
        byteCount = end
        return
      }
    }
    var headers = [UInt64](reserving: wordCount) { $0.append(repeating: 0, count: wordCount) }
    var span = headers.mutableSpan
    byteCount = try Self.read(bytes, layout, into: &span)
    self.headers = headers
  }

  var blocks: BlockList {
    @_lifetime(borrow self)
    @inline(__always)
    get { BlockList(headers.span, count: headers.count / Block.headerWordCount) }
  }

  /// Where the parts start; nil, those that are not there.
  private struct Layout {
    let blockCount: Int
    let flags: Int?
    let descriptions: Int
    let offsets: Int?
    let payloads: Int

    init(_ bytes: RawSpan) throws(RoaringBitmapError) {
      let cookie = try PortableHeader.word(bytes, at: 0)
      if cookie == Format.cookieWithoutRuns {
        let count = try PortableHeader.word(bytes, at: 4)
        guard count <= Format.blockCountMax else {
          throw RoaringBitmapError(.tooManyBlocks(Int(count)), at: 4)
        }
        blockCount = Int(count)
        flags = nil
        descriptions = 8
      } else if cookie & 0xffff == Format.cookieWithRuns {
        blockCount = Int(cookie >> 16) &+ 1
        flags = 4
        descriptions = 4 &+ (blockCount &+ 7) / 8
      } else {
        throw RoaringBitmapError(.unknownCookie(cookie), at: 0)
      }
      let end = descriptions &+ 4 &* blockCount
      let hasOffsets = flags == nil || blockCount >= Format.offsetThreshold
      offsets = hasOffsets ? end : nil
      payloads = hasOffsets ? end &+ 4 &* blockCount : end
      try PortableHeader.need(payloads, of: bytes, at: payloads)
    }
  }

  /// As `read`, where there are no run blocks and nothing is wrong; otherwise nil, and it is for
  /// `read` to find what is. Payloads follow one another, so their sum is all that has to fit.
  private static func readPlain(
    _ bytes: RawSpan, _ layout: Layout, into headers: inout OutputSpan<UInt64>
  ) -> Int? {
    guard let offsets = layout.offsets else { return nil }
    let count = layout.blockCount
    let end = Kernels.appendHeaders(
      Kernels.UInt32List(bytes, at: layout.descriptions, count: count),
      Kernels.UInt32List(bytes, at: offsets, count: count), from: layout.payloads, to: &headers)
    guard let end, end <= bytes.byteCount else { return nil }
    return end
  }

  /// Writes the blocks' headers. Returns where the last block ends.
  private static func read(
    _ bytes: RawSpan, _ layout: Layout, into headers: inout MutableSpan<UInt64>
  ) throws(RoaringBitmapError) -> Int {
    let count = layout.blockCount
    let descriptions = Kernels.UInt32List(bytes, at: layout.descriptions, count: count)
    let offsets = Kernels.UInt32List(
      bytes, at: layout.offsets ?? 0, count: layout.offsets == nil ? 0 : count)
    var end = layout.payloads
    var previousKey = -1
    for index in 0..<count {
      let description = descriptions[index]
      let key = UInt16(truncatingIfNeeded: description)
      guard previousKey < Int(key) else {
        throw RoaringBitmapError(
          .keysOutOfOrder, at: layout.descriptions + 4 * index, block: index)
      }
      previousKey = Int(key)
      let start = end
      let block = try block(
        bytes, index, at: start, key: key, cardinality: Int(description &>> 16) &+ 1,
        flags: layout.flags)
      if offsets.count > 0 && Int(offsets[index]) != start {
        throw RoaringBitmapError(
          .wrongOffset(stated: Int(offsets[index]), actual: start),
          at: (layout.offsets ?? 0) + 4 * index, block: index)
      }
      end = block.byteOffset &+ block.byteCount
      headers[Block.headerWordCount &* index] = block.word0
      headers[Block.headerWordCount &* index &+ 1] = block.word1
    }
    return end
  }

  /// One block, whose payload starts at `position`.
  @inline(__always)
  private static func block(
    _ bytes: RawSpan, _ index: Int, at position: Int, key: UInt16, cardinality: Int, flags: Int?
  ) throws(RoaringBitmapError) -> Block {
    if let flags, Kernels.uint8(bytes, at: flags &+ index &>> 3) &>> UInt8(index & 7) & 1 == 1 {
      try need(position &+ 2, of: bytes, at: position, block: index)
      let runCount = Int(Kernels.uint16(bytes, at: position))
      if runCount == 0 { throw RoaringBitmapError(.noRuns, at: position, block: index) }
      try need(position &+ 2 &+ 4 &* runCount, of: bytes, at: position, block: index)
      return Block(
        key: key, kind: .run, cardinality: cardinality, runCount: runCount,
        byteOffset: position &+ 2, wordCapacity: 0)
    }
    let kind: BlockKind = cardinality <= Format.arrayCardinalityMax ? .array : .bitset
    let block = Block(
      key: key, kind: kind, cardinality: cardinality, byteOffset: position, wordCapacity: 0)
    try need(position &+ block.byteCount, of: bytes, at: position, block: index)
    return block
  }

  private static func word(
    _ bytes: RawSpan, at position: Int
  ) throws(RoaringBitmapError) -> UInt32 {
    try need(position + 4, of: bytes, at: position)
    return Kernels.uint32(bytes, at: position)
  }

  @inline(__always)
  private static func need(
    _ end: Int, of bytes: RawSpan, at position: Int, block: Int? = nil
  ) throws(RoaringBitmapError) {
    // Blocks address their payload with 32 bits.
    guard end <= Swift.min(bytes.byteCount, Int(UInt32.max)) else {
      throw outside(end, bytes.byteCount, at: position, block)
    }
  }

  @inline(never)
  private static func outside(
    _ end: Int, _ byteCount: Int, at position: Int, _ block: Int?
  ) -> RoaringBitmapError {
    if end <= byteCount {
      return RoaringBitmapError(.trailingBytes(end - Int(UInt32.max)), at: position, block: block)
    }
    return RoaringBitmapError(
      .truncated(missingByteCount: end - byteCount), at: Swift.min(position, byteCount),
      block: block)
  }
}
