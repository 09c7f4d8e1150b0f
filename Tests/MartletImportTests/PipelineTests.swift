import MartletModel
import Testing

@testable import MartletImport

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite struct PipelineTests {
  private func lines(_ count: Int, badEvery: Int = 0) -> ImportSource {
    let lines = (0..<count).map {
      badEvery > 0 && $0 % badEvery == 0
        ? "bad \($0)" : #"{"user_id":"u\#($0)","event":"e\#($0 % 7)","timestamp":\#($0)}"#
    }
    return ImportSource(Array(lines.joined(separator: "\n").utf8), name: "x.ndjson")
  }

  @Test(arguments: [1, 2, 3, 8])
  func orderAndCountsDoNotDependOnThreads(_ threadCount: Int) throws {
    var options = ImportOptions()
    options.threadCount = threadCount
    options.chunkByteCount = 1000
    let found = try importAll([lines(5000, badEvery: 10), lines(10)], options)
    #expect(found.report.rows == 4510)
    #expect(found.report.rejects == 500)
    #expect(found.rejects.map(\.line) == (0..<500).map { $0 * 10 + 1 })
    #expect(found.rows.last == "u9 e2 9000")
    let expected = (0..<5000).filter { $0 % 10 != 0 }.map { "u\($0) e\($0 % 7) \($0)000" }
    #expect(Array(found.rows.prefix(4500)) == expected)
  }

  @Test func anErrorOfTheConsumerStopsTheImport() {
    struct Stop: Error {}
    var options = ImportOptions()
    options.chunkByteCount = 500
    var batches = 0
    #expect(throws: Stop.self) {
      _ = try ImportPipeline(options: options).run([lines(20_000)]) { _, _, _ in
        batches += 1
        if batches == 3 { throw Stop() }
      }
    }
    #expect(batches == 3)
  }

  @Test func rejectsPastTheLimitStopTheImport() {
    var options = ImportOptions()
    options.chunkByteCount = 300
    options.rejectLimit = 3
    let (error, before) = importFailing([lines(1000, badEvery: 10)], options)
    #expect(error?.code == .badData)
    #expect(
      error?.description
        == "x.ndjson, line 31: more than 3 lines were rejected; this one because: "
        + "not a JSON object (see the rejects, or allow more of them)")
    #expect(before.rejects.count >= 4)
    #expect(before.rows.count >= 27)
    options.rejectLimit = 100
    #expect(importFailing([lines(1000, badEvery: 10)], options).error == nil)
    options.rejectLimit = 0
    #expect(importFailing([lines(10)], options).error == nil)
    #expect(importFailing([lines(1, badEvery: 1)], options).error?.code == .badData)
  }

  @Test func aHopelessFileIsGivenUp() {
    var options = ImportOptions()
    options.format = .ndjson
    options.chunkByteCount = 2000
    let junk = ImportSource(
      Array([String](repeating: "hello, world", count: 100_000).joined(separator: "\n").utf8),
      name: "junk")
    let (error, before) = importFailing([junk], options)
    #expect(error?.code == .badData)
    #expect(
      error?.description.contains("lines could be read; this one because: not a JSON") == true)
    #expect((1000..<2000).contains(before.rejects.count))
    // A short file without a single row, too; but not where the caller allows its rejects.
    let short = ImportSource(Array("{}\n{}".utf8), name: "short")
    let (second, delivered) = importFailing([short])
    #expect(
      second?.description
        == "short, line 1, field user_id: not one of the first 2 lines could be read; "
        + "this one because: missing (check the format and the names of the fields)")
    #expect(delivered.rejects.count == 2)
    options.rejectLimit = 2
    #expect(importFailing([short], options).error == nil)
  }

  @Test func readersDoNotRunAheadOfTheConsumer() throws {
    var options = ImportOptions()
    options.chunkByteCount = 1000
    options.threadCount = 2
    var (furthest, consumed) = (0, 0)
    _ = try ImportPipeline(options: options).run([lines(20_000)]) { _, _, progress in
      consumed += 1
      if consumed <= 20 { usleep(5000) }
      furthest = max(furthest, progress.bytesRead - consumed * 1000)
    }
    // The look at the start, two threads and two more chunks; the input has a megabyte.
    #expect(furthest < 65_536 + 8000)
    #expect(consumed > 900)
  }
}
