/// The portable Roaring format (`formats/bitmap.md`): what every Roaring library reads and writes.
extension RoaringBitmap {
  /// Reads the portable form, trusting nothing: order, kinds, cardinalities, runs, offsets and
  /// length are all checked, and `bytes` must end where the bitmap does.
  ///
  /// - Throws: ``RoaringBitmapError``, saying what is wrong and at which byte.
  /// - Complexity: O(*m*), the compressed size. Allocates no more than `bytes` is long.
  public init(serialized bytes: RawSpan) throws(RoaringBitmapError) {
    let length: Int
    (self, length) = try Self.reading(bytes)
    if length != bytes.byteCount {
      throw RoaringBitmapError(.trailingBytes(bytes.byteCount - length), at: length)
    }
  }

  /// Reads the portable form, as ``init(serialized:)-(RawSpan)``.
  ///
  /// - Throws: ``RoaringBitmapError``, saying what is wrong and at which byte.
  /// - Complexity: O(*m*), the compressed size.
  public init(serialized bytes: [UInt8]) throws(RoaringBitmapError) {
    // Safe: bytes have no padding.
    try unsafe self.init(serialized: bytes.span.bytes)
  }

  /// Reads a bitmap at the start of `bytes`, and how long it is.
  static func reading(
    _ bytes: RawSpan
  ) throws(RoaringBitmapError) -> (bitmap: RoaringBitmap, byteCount: Int) {
    let header = try PortableHeader(bytes)
    let source = BlockSource(blocks: header.blocks, bytes: bytes)
    try source.checkPayloads()
    return (source.copied(), header.byteCount)
  }
}

extension BlockSource {
  var hasRuns: Bool {
    for i in blocks.indices where blocks[i].kind == .run { return true }
    return false
  }

  var serializedByteCount: Int {
    var total = 0
    var hasRuns = false
    for i in blocks.indices {
      let block = blocks[i]
      total &+= block.byteCount
      if block.kind == .run {
        hasRuns = true
        total &+= 2
      }
    }
    return total &+ headerByteCount(hasRuns: hasRuns)
  }

  private func headerByteCount(hasRuns: Bool) -> Int {
    if !hasRuns { return 8 + 8 * count }
    let offsets = count >= Format.offsetThreshold ? 4 * count : 0
    return 4 + (count + 7) / 8 + 4 * count + offsets
  }

  func serialized() -> [UInt8] {
    [UInt8](reserving: serializedByteCount) { out in
      let hasRuns = hasRuns
      appendCookie(hasRuns: hasRuns, to: &out)
      for i in blocks.indices {
        Kernels.append(blocks[i].key, to: &out)
        Kernels.append(UInt16(truncatingIfNeeded: blocks[i].cardinality &- 1), to: &out)
      }
      if !hasRuns || count >= Format.offsetThreshold {
        var offset = headerByteCount(hasRuns: hasRuns)
        for i in blocks.indices {
          Kernels.append(UInt32(truncatingIfNeeded: offset), to: &out)
          offset &+= blocks[i].byteCount &+ (blocks[i].kind == .run ? 2 : 0)
        }
      }
      for i in blocks.indices {
        if blocks[i].kind == .run {
          Kernels.append(UInt16(truncatingIfNeeded: blocks[i].runCount), to: &out)
        }
        Kernels.appendPayload(of: self, i, to: &out)
      }
    }
  }

  private func appendCookie(hasRuns: Bool, to out: inout OutputSpan<UInt8>) {
    if !hasRuns {
      Kernels.append(Format.cookieWithoutRuns, to: &out)
      Kernels.append(UInt32(count), to: &out)
      return
    }
    Kernels.append(Format.cookieWithRuns | UInt32(count - 1) << 16, to: &out)
    var flags: UInt8 = 0
    for i in blocks.indices {
      if blocks[i].kind == .run { flags |= 1 << UInt8(i % 8) }
      if i % 8 == 7 || i == count - 1 {
        out.append(flags)
        flags = 0
      }
    }
  }

  /// Checks what every block holds.
  func checkPayloads() throws(RoaringBitmapError) {
    for i in blocks.indices {
      if let wrong = Kernels.check(self, i) {
        throw RoaringBitmapError(
          wrong.reason, at: blocks[i].byteOffset + wrong.byteOffset, block: i)
      }
    }
  }

  /// The same blocks in a bitmap of their own.
  func copied() -> RoaringBitmap {
    var wordCount = 0
    for i in blocks.indices {
      wordCount &+= (Swift.min(blocks[i].byteCount, Format.bitsetByteCount) &+ 7) / 8
    }
    return RoaringBitmap(blockCount: count, wordCount: wordCount) { headers, words in
      for i in blocks.indices { Kernels.copy(self, i, to: &headers, &words) }
    }
  }
}
