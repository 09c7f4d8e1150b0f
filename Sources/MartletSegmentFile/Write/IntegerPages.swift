import MartletEncoding

/// A column of integers that grows at its end; pages are compressed as soon as they are full.
struct IntegerPages {
  private let compressionLevel: Int
  private var pending: [Int64] = []
  private var stack = PageStack()

  init(compressionLevel: Int) { self.compressionLevel = compressionLevel }

  @inline(__always)
  mutating func append(_ value: Int64) {
    pending.append(value)
    if pending.count == SegmentFileFormat.pageValueCount { flush() }
  }

  mutating func append(contentsOf values: [Int64]) {
    let size = SegmentFileFormat.pageValueCount
    var start = 0
    while start < values.count {
      if pending.isEmpty, values.count - start >= size {
        push(values[start..<start + size])
        start += size
      } else {
        let end = min(values.count, start + size - pending.count)
        pending.append(contentsOf: values[start..<end])
        if pending.count == size { flush() }
        start = end
      }
    }
  }

  /// Puts the column behind a sink's bytes; the pages start over.
  mutating func finish(into sink: inout BlockSink, as kind: ByteKind) -> PagedColumn {
    flush()
    defer { stack = PageStack() }
    return sink.append(stack, as: kind)
  }

  private mutating func flush() {
    guard !pending.isEmpty else { return }
    push(pending[...])
    pending.removeAll(keepingCapacity: true)
  }

  private mutating func push(_ values: ArraySlice<Int64>) {
    stack.append(
      IntegerPage.encode(values, compressionLevel: compressionLevel), valueCount: values.count)
  }
}
