import MartletEncoding

/// A column of texts that grows at its end; pages are compressed as soon as they are full.
struct TextPages {
  private let compressionLevel: Int
  private var arena: [UInt8] = []
  private var ends: [Int] = []
  private var stack = PageStack()

  init(compressionLevel: Int) { self.compressionLevel = compressionLevel }

  var count: Int { stack.valueCount + ends.count }

  /// Whether a text of so many bytes fits in the page that is being filled.
  func hasRoom(for byteCount: Int) -> Bool {
    arena.count + byteCount <= Format.textPageByteCountMax
  }

  /// - Precondition: there is room for the text.
  mutating func append(_ text: ArraySlice<UInt8>) {
    arena.append(contentsOf: text)
    ends.append(arena.count)
    if ends.count == SegmentFileFormat.pageValueCount { flush() }
  }

  /// Puts the column behind a sink's bytes; the pages start over.
  mutating func finish(into sink: inout BlockSink, as kind: ByteKind) -> PagedColumn {
    flush()
    defer { stack = PageStack() }
    return sink.append(stack, as: kind)
  }

  private mutating func flush() {
    guard !ends.isEmpty else { return }
    let page = TextPage.encode(
      arena, ends: ends[...], start: 0, compressionLevel: compressionLevel)
    stack.append(page, valueCount: ends.count)
    arena.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}
