import MartletEncoding

/// The encoded pages of a column, one after the other, before they have a place in a file.
struct PageStack {
  private(set) var bytes: [UInt8] = []
  /// Offsets count from the start of `bytes`.
  private(set) var pages: [PagedColumn.Page] = []
  private(set) var valueCount = 0

  mutating func append(_ page: [UInt8], valueCount: Int) {
    pages.append(
      PagedColumn.Page(
        offset: UInt64(bytes.count), byteCount: UInt32(page.count),
        checksum: CRC32C.checksum(page)))
    bytes.append(contentsOf: page)
    self.valueCount += valueCount
  }
}
