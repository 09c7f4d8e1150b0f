import MartletEncoding
import MartletFiles
import MartletModel
import Testing

@testable import MartletImport

@Suite struct SourceTests {
  private static let line = #"{"user_id":"u","event":"e","timestamp":0}"#

  private func compressed(_ bytes: [UInt8], _ format: StreamFormat) -> [UInt8] {
    let compressor = StreamCompressor(format: format)
    return compressor.write(bytes) + compressor.finish()
  }

  @Test(arguments: StreamFormat.allCases)
  func compressionIsToldByTheFirstBytes(_ format: StreamFormat) throws {
    let lines = (0..<3000).map { #"{"user_id":"u\#($0)","event":"e","timestamp":\#($0)}"# }
    let bytes = compressed(Array(lines.joined(separator: "\n").utf8), format)
    for name in ["x", "x.ndjson", "x.gz"] {
      var options = ImportOptions()
      options.chunkByteCount = 10_000
      let found = try importAll([ImportSource(bytes, name: name)], options)
      #expect(found.rows.count == 3000)
      #expect(found.rows.last == "u2999 e 2999000")
    }
  }

  @Test func severalGzipMembersAreOneStream() throws {
    let one = compressed(Array((Self.line + "\n").utf8), .gzip)
    #expect(try importAll([ImportSource(one + one, name: "x")], ImportOptions()).rows.count == 2)
  }

  @Test(arguments: [StreamFormat.gzip, .zstd, .lz4])
  func aCutStreamGivesItsLinesAndThenAnError(_ format: StreamFormat) {
    let lines = (0..<500).map { #"{"user_id":"u\#($0)","event":"e","timestamp":\#($0)}"# }
    let bytes = compressed(Array(lines.joined(separator: "\n").utf8), format)
    let (error, before) = importFailing([
      ImportSource(Array(bytes.dropLast(4)), name: "cut.ndjson.x")
    ])
    #expect(error?.code == .badData)
    #expect(error?.file == "cut.ndjson.x")
    #expect(error?.place?.contains("byte") == true, "\(error?.description ?? "no error")")
    #expect(before.rejects == [])
    // What was decoded is handed out, the last line excepted, which has no end.
    #expect(before.rows == (0..<before.rows.count).map { "u\($0) e \($0 * 1000)" })
    // gzip and LZ4 decode up to the cut; zstd gives whole blocks, and this is one.
    if format != .zstd { #expect(before.rows.count >= 490) }
  }

  @Test func missingFilesAndDirectories() {
    let missing = importFailing([ImportSource(path: "/nowhere/x.ndjson")]).error
    #expect(missing?.code == .noInput)
    #expect(
      missing?.description
        == "/nowhere/x.ndjson: cannot open: No such file or directory (check the path)")
    let directory = importFailing([ImportSource(path: "/")]).error
    #expect(directory?.code == .noInput)
    #expect(directory?.description == "/: this is a directory (name the files in it)")
  }

  @Test func emptyFilesAreRemarkedOn() throws {
    for (text, remark) in [
      ("", "x: the file is empty"), ("\u{FEFF}", "x: the file is empty"),
      ("\n \n", "x: the file has no events"),
      ("user_id,event,timestamp\n", "x: the file has no events"),
    ] {
      let found = try importAll([ImportSource(Array(text.utf8), name: "x")], ImportOptions())
      #expect(found == Imported(report: found.report))
      #expect(found.report.remarks == [remark])
    }
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x7B, 0x00], "this is UTF-16 (convert it: iconv -f utf-16 -t utf-8)"),
      ([0xFE, 0xFF, 0x00, 0x7B], "this is UTF-16 (convert it: iconv -f utf-16 -t utf-8)"),
      ([0x50, 0x4B, 0x03, 0x04, 0x00], "this is a zip archive (unpack it first: unzip -p)"),
      (Array("BZh91AY".utf8), "this is bzip2 (decompress it first: bzip2 -dc)"),
      (Array("PAR1....".utf8), "this is Parquet (export it as CSV or newline-delimited JSON)"),
      (
        Array("[{\"a\":1}]".utf8),
        "this is a JSON array, not one object a line "
          + "(convert it: jq -c '.[]')"
      ),
      ([0x7B, 0x00, 0x22, 0x00], unrecognised), (Array("hello\nworld\n".utf8), unrecognised),
      (Array("\u{7F}ELF".utf8) + [0, 1, 2], unrecognised),
    ] as [([UInt8], String)])
  func otherFormatsAreNamed(_ bytes: [UInt8], _ reason: String) {
    let (error, before) = importFailing([ImportSource(bytes, name: "x")])
    #expect(error?.code == .badData)
    #expect(error?.description == "x: \(reason)")
    #expect(before == Imported())
    let packed = importFailing([ImportSource(compressed(bytes, .gzip), name: "x")]).error
    #expect(packed?.description == "x: \(reason)")
  }

  private static let unrecognised =
    "this does not look like NDJSON or CSV "
    + "(give one JSON object a line, or CSV with a header line that names the columns)"

  @Test func filesAreReadThroughDescriptors() throws {
    let path = "/tmp/martlet-import-\(UInt64.random(in: .min ... .max)).ndjson"
    let text = Array([String](repeating: Self.line, count: 100).joined(separator: "\n").utf8)
    let files = POSIXFileSystem()
    let file = try files.create(path)
    defer { try? files.remove(path) }
    try file.write(text)
    try file.close()
    var options = ImportOptions()
    options.chunkByteCount = 500
    var progress: [ImportProgress] = []
    let report = try ImportPipeline(options: options).run([ImportSource(path: path)]) {
      progress.append($2)
    }
    #expect(report.rows == 100)
    #expect(progress.allSatisfy { $0.byteCount == text.count && $0.file == path })
    #expect(progress.map(\.bytesRead) == progress.map(\.bytesRead).sorted())
    #expect(progress.last?.bytesRead == text.count)
    #expect(progress.last?.rows == 100)
  }
}
