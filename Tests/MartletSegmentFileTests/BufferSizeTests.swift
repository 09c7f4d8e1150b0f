import MartletEncoding
import MartletModel
import MartletSegmentFile
import Testing

/// When a buffer is full: by the memory that it takes, and by what one page of texts may hold.
@Suite struct BufferSizeTests {
  /// Appends an event with a text of so many bytes, again and again, until the buffer is full
  /// whatever memory it may take; returns how often, or nil where it never is.
  private func countUntilFull(textByteCount: Int, atMost count: Int) throws -> Int? {
    var builder = EventBatchBuilder()
    let text = Text(String(repeating: "x", count: textByteCount))
    try builder.append(
      Event(user: "u", type: "A", at: Timestamp(milliseconds: 1), ["t": .text(text)]))
    let batch = builder.batch
    var buffer = SegmentFileBuffer()
    let names = try buffer.mapNames(of: batch)
    for number in 1...count {
      buffer.append(batch, row: 0, user: 0, sentAs: 0, names: names, key: nil)
      if buffer.isFull(at: .max) { return number }
    }
    #expect(buffer.byteCount < 10 << 20, "a text that repeats is held once")
    return nil
  }

  /// One page must hold the texts of its rows, written out, however long they are.
  @Test func longTextsFillABuffer() throws {
    let page = SegmentFileFormat.pageValueCount
    for byteCount in [1 << 20, 100_000, 16 << 10] {
      let count = try #require(
        try countUntilFull(textByteCount: byteCount, atMost: 3 * page), "\(byteCount) bytes each")
      #expect(min(count, page) * byteCount <= Format.textPageByteCountMax)
      #expect(count * byteCount > 90 << 20, "not before it must")
    }
  }

  /// Texts of which a whole page fits fill it by the memory that they take only.
  @Test func shortTextsDoNot() throws {
    let byteCount = (16 << 10) - 1
    #expect(byteCount * SegmentFileFormat.pageValueCount <= Format.textPageByteCountMax)
    #expect(try countUntilFull(textByteCount: byteCount, atMost: 20_000) == nil)
  }
}
