import MartletEncoding
import MartletFiles

/// The encoded pages of a column, one after the other, before they have a place in a file.
struct PageStack {
  private(set) var content = FileContent()
  /// Offsets count from the start of `content`.
  private(set) var pages: [PagedColumn.Page] = []
  private(set) var valueCount = 0

  mutating func append(_ page: [UInt8], valueCount: Int) {
    pages.append(
      PagedColumn.Page(
        offset: UInt64(content.byteCount), byteCount: UInt32(page.count),
        checksum: CRC32C.checksum(page)))
    content.append(page)
    self.valueCount += valueCount
  }
}
