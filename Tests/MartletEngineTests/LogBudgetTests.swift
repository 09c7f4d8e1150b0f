import MartletEncoding
import MartletModel
import Testing

@testable import MartletEngine

/// The limits of a record hold for all of its batches together.
@Suite struct LogBudgetTests {
  /// A record of one user, up to its batches.
  private static func start(batchCount: Int) -> ByteWriter {
    var writer = ByteWriter()
    for value in [1, 0, 0, 0, UInt64(batchCount)] { writer.writeVarint(value) }
    return writer
  }

  /// A batch of so many events A of user 0 at one time; its columns take no byte a row.
  private static func write(rowCount: Int, to writer: inout ByteWriter) {
    writer.writeVarint(1)
    writer.writeText("A")
    writer.writeVarint(0)
    writer.writeVarint(UInt64(rowCount))
    func constant(_ column: String) {
      if rowCount == 0 { return }
      writer.writeZigZag(0)
      writer.writeUInt8(0)
    }
    constant("users")
    writer.writeUInt8(0)
    for column in ["types", "times", "insert id lengths", "cell counts"] { constant(column) }
  }

  private static func read(_ writer: ByteWriter) -> Result<LogRecord, MartletError> {
    do throws(MartletError) { return .success(try LogRecord(decoding: writer.bytes)) } catch {
      return .failure(error)
    }
  }

  @Test func rows() throws {
    for excess in [0, 1] {
      var writer = Self.start(batchCount: 2)
      Self.write(rowCount: LogFormat.rowCountMax, to: &writer)
      Self.write(rowCount: excess, to: &writer)
      switch Self.read(writer) {
      case .success(let record):
        #expect(excess == 0 && record.batches.map(\.batch.count) == [LogFormat.rowCountMax, 0])
      case .failure(let error):
        #expect(excess == 1 && error.code == .corrupt)
        #expect(error.reason == "a record holds more than \(LogFormat.rowCountMax) rows")
      }
    }
  }

  @Test func names() throws {
    var names = ByteWriter()
    names.writeVarint(UInt64(Limits.eventTypes))
    for number in 0..<Limits.eventTypes { names.writeText(Text("\(number)")) }
    let fullCount = LogFormat.nameCountMax / (2 * Limits.eventTypes)
    for excess in [0, 1] {
      var writer = Self.start(batchCount: fullCount + excess)
      for _ in 0..<fullCount {
        // As many property names as event types; no rows.
        writer.writeBytes(names.bytes + names.bytes + [0, 0])
      }
      if excess == 1 { Self.write(rowCount: 0, to: &writer) }
      switch Self.read(writer) {
      case .success(let record):
        #expect(excess == 0 && record.batches.count == fullCount)
      case .failure(let error):
        #expect(excess == 1 && error.code == .corrupt)
        #expect(error.reason == "a record holds more than \(LogFormat.nameCountMax) names")
      }
    }
  }
}
