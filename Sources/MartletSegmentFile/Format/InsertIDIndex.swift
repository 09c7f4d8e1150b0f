package import MartletEncoding
package import MartletModel

/// Where the fingerprints of a file's insert ids lie, in pages that are searched as they are.
///
/// The leading bits of a fingerprint are its bucket, the next 24 its remainder. A page holds some
/// consecutive buckets: where each ends, then all remainders, in ascending order within a bucket.
/// A search reads an end or two and a few remainders, in one page.
package struct InsertIDIndex: Hashable, Sendable {
  /// Fingerprints in the index.
  package var count: Int
  package var pages: [PagedColumn.Page]

  package init(count: Int, pages: [PagedColumn.Page]) {
    (self.count, self.pages) = (count, pages)
  }

  package static let empty = InsertIDIndex(count: 0, pages: [])

  package var byteCount: Int { pages.reduce(0) { $0 + Int($1.byteCount) } }

  package func write(to writer: inout ByteWriter) {
    writer.writeVarint(UInt64(count))
    writer.writeVarint(pages.first?.offset ?? 0)
    for page in pages {
      writer.writeVarint(UInt64(page.byteCount))
      writer.writeUInt32(page.checksum)
    }
  }

  package init(from reader: inout ByteReader) throws(MartletError) {
    count = try reader.readCount(limit: Int(UInt32.max))
    var offset = try reader.readVarint()
    pages = []
    let shape = InsertIDShape(count: count)
    var left = count
    for _ in 0..<shape.pageCount {
      let byteCount = try reader.readCount(limit: SegmentFileFormat.blockByteCountMax)
      let checksum = try reader.readUInt32()
      pages.append(
        PagedColumn.Page(offset: offset, byteCount: UInt32(byteCount), checksum: checksum))
      let (next, overflow) = offset.addingReportingOverflow(UInt64(byteCount))
      guard !overflow, let ids = shape.idCount(ofPageOf: byteCount), ids <= left else {
        throw InsertIDIndex.contradiction(reader)
      }
      offset = next
      left -= ids
    }
    guard left == 0 else { throw InsertIDIndex.contradiction(reader) }
  }

  private static func contradiction(_ reader: borrowing ByteReader) -> MartletError {
    MartletError(
      .corrupt, place: "byte \(reader.offset)", "the pages of insert ids do not add up",
      remedy: BlockHandle.remedy)
  }
}
