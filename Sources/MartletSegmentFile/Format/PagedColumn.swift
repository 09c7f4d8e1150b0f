package import MartletEncoding
import MartletFiles
package import MartletModel

/// Where the pages of a column lie: one after the other from `offset` on.
///
/// Every page but the last holds `SegmentFileFormat.pageValueCount` values.
package struct PagedColumn: Hashable, Sendable {
  package struct Page: Hashable, Sendable {
    package var offset: UInt64
    package var byteCount: UInt32
    package var checksum: UInt32
  }

  package var valueCount: Int
  package var pages: [Page]

  package init(valueCount: Int, pages: [Page]) {
    (self.valueCount, self.pages) = (valueCount, pages)
  }

  package static let empty = PagedColumn(valueCount: 0, pages: [])

  package static func pageCount(ofValues count: Int) -> Int {
    (count + SegmentFileFormat.pageValueCount - 1) / SegmentFileFormat.pageValueCount
  }

  package func write(to writer: inout ByteWriter) {
    writer.writeVarint(UInt64(valueCount))
    writer.writeVarint(pages.first?.offset ?? 0)
    for page in pages {
      writer.writeVarint(UInt64(page.byteCount))
      writer.writeUInt32(page.checksum)
    }
  }

  package init(from reader: inout ByteReader, valueCountMax: Int) throws(MartletError) {
    valueCount = try reader.readCount(limit: valueCountMax)
    var offset = try reader.readVarint()
    pages = []
    for _ in 0..<PagedColumn.pageCount(ofValues: valueCount) {
      let byteCount = try reader.readCount(limit: SegmentFileFormat.blockByteCountMax)
      let checksum = try reader.readUInt32()
      pages.append(Page(offset: offset, byteCount: UInt32(byteCount), checksum: checksum))
      let (next, overflow) = offset.addingReportingOverflow(UInt64(byteCount))
      guard !overflow else {
        throw MartletError(
          .corrupt, place: "byte \(reader.offset)", "a page's offset overflows",
          remedy: BlockHandle.remedy)
      }
      offset = next
    }
  }

  package func handle(ofPage index: Int) -> BlockHandle {
    let page = pages[index]
    return BlockHandle(offset: page.offset, byteCount: page.byteCount, checksum: page.checksum)
  }

  /// Values in page `index`.
  package func count(ofPage index: Int) -> Int {
    min(
      SegmentFileFormat.pageValueCount, valueCount - index * SegmentFileFormat.pageValueCount)
  }

  package var byteCount: Int { pages.reduce(0) { $0 + Int($1.byteCount) } }

  /// The same column where the bytes it points to lie `distance` further on.
  package func shifted(by distance: UInt64) -> PagedColumn {
    var copy = self
    for index in copy.pages.indices { copy.pages[index].offset += distance }
    return copy
  }
}
