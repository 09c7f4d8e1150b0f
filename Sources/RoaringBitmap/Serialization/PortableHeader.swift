/// The headers of the portable form: cookie, run flags, keys and cardinalities, offsets. See
/// `formats/bitmap.md`.
struct PortableHeader {
  /// The blocks' headers, `byteOffset` counted from the start of the bytes.
  private let headers: [UInt64]
  /// Where the last block ends.
  let byteCount: Int

  /// Reads the headers, and the number of runs of each run block, at the start of `bytes`; checks
  /// order, offsets and that every payload lies within the bytes, but no payload.
  ///
  /// - Complexity: O(*b*), *b* the number of blocks.
  init(_ bytes: RawSpan) throws(RoaringBitmapError) {
    let cookie = try Self.word(bytes, at: 0)
    var position = 4
    var flags: Int?
    let blockCount: Int
    if cookie == Format.cookieWithoutRuns {
      let count = try Self.word(bytes, at: 4)
      position = 8
      guard count <= Format.blockCountMax else {
        throw RoaringBitmapError(.tooManyBlocks(Int(count)), at: 4)
      }
      blockCount = Int(count)
    } else if cookie & 0xffff == Format.cookieWithRuns {
      blockCount = Int(cookie >> 16) + 1
      flags = position
      position += (blockCount + 7) / 8
    } else {
      throw RoaringBitmapError(.unknownCookie(cookie), at: 0)
    }
    let keys = position
    position += 4 * blockCount
    let offsets = flags == nil || blockCount >= Format.offsetThreshold ? position : nil
    if offsets != nil { position += 4 * blockCount }
    try Self.need(position, of: bytes, at: position)
    var headers: [UInt64] = []
    headers.reserveCapacity(Block.headerWordCount * blockCount)
    var previous: Block?
    for index in 0..<blockCount {
      let block = try Self.block(
        bytes, index, at: position, keys: keys, flags: flags, previous: previous)
      if let offsets {
        let stated = Int(Kernels.uint32(bytes, at: offsets + 4 * index))
        let actual = block.kind == .run ? position : block.byteOffset
        guard stated == actual else {
          throw RoaringBitmapError(
            .wrongOffset(stated: stated, actual: actual), at: offsets + 4 * index, block: index)
        }
      }
      position = block.byteOffset + block.byteCount
      headers.append(block.word0)
      headers.append(block.word1)
      previous = block
    }
    self.headers = headers
    byteCount = position
  }

  var blocks: BlockList {
    @_lifetime(borrow self)
    get { BlockList(headers.span, count: headers.count / Block.headerWordCount) }
  }

  /// Reads one block's headers; its payload starts at `position`.
  private static func block(
    _ bytes: RawSpan, _ index: Int, at position: Int, keys: Int, flags: Int?, previous: Block?
  ) throws(RoaringBitmapError) -> Block {
    let place = keys + 4 * index
    let key = Kernels.uint16(bytes, at: place)
    let cardinality = Int(Kernels.uint16(bytes, at: place + 2)) + 1
    if let previous, previous.key >= key {
      throw RoaringBitmapError(.keysOutOfOrder, at: place, block: index)
    }
    let isRun = flags.map { Kernels.uint8(bytes, at: $0 + index / 8) >> (index % 8) & 1 == 1 }
    guard isRun ?? false else {
      let kind: BlockKind = cardinality <= Format.arrayCardinalityMax ? .array : .bitset
      let block = Block(
        key: key, kind: kind, cardinality: cardinality, byteOffset: position, wordCapacity: 0)
      try need(position + block.byteCount, of: bytes, at: position, block: index)
      return block
    }
    try need(position + 2, of: bytes, at: position, block: index)
    let runCount = Int(Kernels.uint16(bytes, at: position))
    if runCount == 0 { throw RoaringBitmapError(.noRuns, at: position, block: index) }
    try need(position + 2 + 4 * runCount, of: bytes, at: position, block: index)
    return Block(
      key: key, kind: .run, cardinality: cardinality, runCount: runCount,
      byteOffset: position + 2, wordCapacity: 0)
  }

  private static func word(
    _ bytes: RawSpan, at position: Int
  ) throws(RoaringBitmapError) -> UInt32 {
    try need(position + 4, of: bytes, at: position)
    return Kernels.uint32(bytes, at: position)
  }

  private static func need(
    _ end: Int, of bytes: RawSpan, at position: Int, block: Int? = nil
  ) throws(RoaringBitmapError) {
    guard end <= bytes.byteCount else {
      throw RoaringBitmapError(
        .truncated(missingByteCount: end - bytes.byteCount),
        at: Swift.min(position, bytes.byteCount), block: block)
    }
    // Blocks address their payload with 32 bits.
    guard end <= Int(UInt32.max) else {
      throw RoaringBitmapError(.trailingBytes(end - Int(UInt32.max)), at: position, block: block)
    }
  }
}
