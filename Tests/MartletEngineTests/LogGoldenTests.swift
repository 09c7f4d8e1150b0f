import MartletEncoding
import MartletModel
import MartletTestSupport
import Testing

@testable import MartletEngine

/// The example of `formats/log.md`; its checksums were made by another program.
@Suite struct LogGoldenTests {
  static let log: [UInt8] = [
    0x9B, 0x4D, 0x52, 0x54, 0x4C, 0x0D, 0x0A, 0x1A, 0x57, 0x4C, 0x4F, 0x47, 0x01, 0, 0, 0,
    0x07, 0, 0, 0, 0, 0, 0, 0,
    0xFD, 0xFE, 0x57, 0x46, 0x01, 0, 0, 0, 0x22, 0, 0, 0,
    0x86, 0xFF, 0x70, 0x88, 0x01, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0x5F, 0xE0, 0xB9, 0x45,
    0x00, 0x20,
    0x00, 0x01, 0x02, 0x00, 0x75,
    0x00, 0x00, 0x01,
    0x01, 0x01, 0x41, 0x01, 0x01, 0x70, 0x01,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x00,
    0x00, 0x00,
    0x02, 0x00, 0x00, 0x00,
    0x02, 0x00, 0x1E, 0x00,
    0xFD, 0xFE, 0x57, 0x46, 0x02, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0x02, 0, 0, 0, 0, 0, 0, 0,
    0x5E, 0, 0, 0, 0, 0, 0, 0, 0x7D, 0xEF, 0x1E, 0xAF,
  ]

  private static func record() throws -> LogRecord {
    var record = try LogSample.record([
      Event(user: "u", type: "A", at: Timestamp(milliseconds: 1), ["p": 1.5])
    ])
    record.firstNewUser = 0
    record.newUserIDs = (Array("u".utf8), [1])
    return record
  }

  @Test func theExampleIsWritten() throws {
    let file = try LogSample.file([.append(try Self.record()), .sync, .mark])
    #expect(file.bytes == Self.log)
  }

  @Test func theExampleIsRead() throws {
    let read = try ReadLog(Self.log)
    #expect(read.records == [PlainRecord(try Self.record())])
    #expect(read.position == LogPosition(offset: 130, sequence: 3))
    #expect(read.syncedByteCount == 94 && read.tornByteCount == 0)
  }

  @Test func columns() {
    #expect(bytes([Int64]()) == [])
    #expect(bytes([7, 7, 7] as [UInt8]) == [14, 0])
    #expect(bytes([-1, 254, 255] as [Int64]) == [1, 2, 0, 0xFF, 0, 0, 0, 1])
    #expect(bytes([UInt32.max, 0]) == [0, 4, 0xFF, 0, 0xFF, 0, 0xFF, 0, 0xFF, 0])
    let extremes = bytes([Int64.max, .min])
    #expect(extremes.count == 10 + 1 + 16)
    #expect(
      extremes[10...] == [8] + [0xFF, 0, 0xFF, 0, 0xFF, 0, 0xFF, 0][...]
        + [0xFF, 0, 0xFF, 0, 0xFF, 0, 0xFF, 0])
  }

  private func bytes<T: FixedWidthInteger>(_ values: [T]) -> [UInt8] {
    var writer = ByteWriter()
    IntegerColumn.write(values, to: &writer)
    return writer.bytes
  }
}
