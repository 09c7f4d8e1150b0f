import MartletEncoding
package import MartletFiles
package import RoaringBitmap

/// Bytes of a part of a segment file, with the handles that point into them.
///
/// Offsets count from the sink's own start; parts are encoded in parallel and shifted when they are
/// put one after the other.
package struct BlockSink {
  package private(set) var content = FileContent()
  /// Bytes by `ByteKind`.
  package private(set) var byteCounts = [UInt64](
    repeating: 0, count: ByteKind.allCases.count)
  package let compressionLevel: Int

  package init(compressionLevel: Int) { self.compressionLevel = compressionLevel }

  package mutating func append(_ block: [UInt8], as kind: ByteKind) -> BlockHandle {
    let handle = BlockHandle(
      offset: UInt64(content.byteCount), byteCount: UInt32(block.count),
      checksum: CRC32C.checksum(block))
    content.append(block)
    byteCounts[Int(kind.rawValue)] += UInt64(block.count)
    return handle
  }

  /// A block of any bytes, compressed where that gains.
  package mutating func appendCompressed(_ raw: [UInt8], as kind: ByteKind) -> BlockHandle {
    append(Block.compress(raw, codec: .zstd, level: compressionLevel), as: kind)
  }

  package mutating func append(_ bitmap: RoaringBitmap, as kind: ByteKind) -> BlockHandle {
    var optimised = bitmap
    optimised.runOptimize()
    return appendCompressed(optimised.serialized(), as: kind)
  }

  /// A column of integers, in pages.
  package mutating func appendColumn(_ values: [Int64], as kind: ByteKind) -> PagedColumn {
    var pages = IntegerPages(compressionLevel: compressionLevel)
    pages.append(contentsOf: values)
    return pages.finish(into: &self, as: kind)
  }

  /// A column of texts, in pages; text `i` is `arena[ranges[i]]`.
  package mutating func appendTextColumn(
    arena: [UInt8], ranges: [Range<Int>], as kind: ByteKind
  ) -> PagedColumn {
    var pages = TextPages(compressionLevel: compressionLevel)
    for range in ranges { pages.append(arena[range]) }
    return pages.finish(into: &self, as: kind)
  }

  /// A column whose pages were encoded elsewhere.
  mutating func append(_ stack: PageStack, as kind: ByteKind) -> PagedColumn {
    let column = PagedColumn(valueCount: stack.valueCount, pages: stack.pages)
    let distance = UInt64(content.byteCount)
    content.append(stack.content)
    byteCounts[Int(kind.rawValue)] += UInt64(stack.content.byteCount)
    return column.shifted(by: distance)
  }

  /// Puts another sink's bytes behind this one's; returns how far its offsets move.
  package mutating func append(_ other: BlockSink) -> UInt64 {
    let distance = UInt64(content.byteCount)
    content.append(other.content)
    for kind in byteCounts.indices { byteCounts[kind] += other.byteCounts[kind] }
    return distance
  }
}
