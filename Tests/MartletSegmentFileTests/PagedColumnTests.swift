import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import Testing

/// Columns in pages, and the directories that point to them.
@Suite struct PagedColumnTests {
  @Test(arguments: [0, 1, 8191, 8192, 8193, 16_385])
  func integersAndTexts(_ count: Int) throws {
    var sink = BlockSink(compressionLevel: 1)
    _ = sink.append([1, 2, 3], as: .directories)
    let values = (0..<count).map { Int64($0) * 7 - 100 }
    let integers = sink.appendColumn(values, as: .time)
    var (arena, ranges): ([UInt8], [Range<Int>]) = ([], [])
    for index in 0..<count {
      let text = Array("t\(index % 1000)".utf8)
      ranges.append(arena.count..<arena.count + text.count)
      arena += text
    }
    let texts = sink.appendTextColumn(arena: arena, ranges: ranges, as: .dictionaries)
    #expect(integers.pages.count == (count + 8191) / 8192)
    #expect(integers.byteCount == Int(sink.byteCounts[Int(ByteKind.time.rawValue)]))
    #expect(texts.byteCount == Int(sink.byteCounts[Int(ByteKind.dictionaries.rawValue)]))
    let file = FileBytes(sink.content, name: "f")
    for low in Set([0, count / 2, max(0, count - 1), min(count, 8190)]) {
      for range in [low..<low, low..<min(low + 5, count), low..<count, 0..<low] {
        #expect(try integers.integers(range, in: file, what: "n") == Array(values[range]))
        let (bytes, ends) = try texts.texts(range, in: file, what: "t")
        #expect(bytes == ranges[range].flatMap { Array(arena[$0]) })
        #expect(ends.last ?? 0 == bytes.count)
        #expect(zip(ends, [0] + ends).map { $0 - $1 } == ranges[range].map(\.count))
      }
    }
  }

  @Test func aColumnMovesWithItsBytes() throws {
    var sink = BlockSink(compressionLevel: 1)
    let column = sink.appendColumn([5, 6, 7], as: .time)
    var other = BlockSink(compressionLevel: 1)
    _ = other.append([9, 9], as: .users)
    let moved = column.shifted(by: other.append(sink))
    let file = FileBytes(other.content, name: "f")
    #expect(try moved.integers(0..<3, in: file, what: "n") == [5, 6, 7])
    #expect(throws: MartletError.self) { try column.integers(0..<3, in: file, what: "n") }
  }

  @Test func aDamagedPageNamesItsPlace() throws {
    var sink = BlockSink(compressionLevel: 1)
    let column = sink.appendColumn((0..<9000).map { Int64($0 * $0 % 977) }, as: .time)
    var bytes = sink.content.joined()
    bytes[bytes.count - 1] ^= 1
    let file = FileBytes(bytes, name: "f.martlet")
    #expect(try column.integers(0..<8192, in: file, what: "times").count == 8192)
    let error = #expect(throws: MartletError.self) {
      try column.integers(8191..<8193, in: file, what: "times")
    }
    #expect(error?.file == "f.martlet")
    #expect(error?.reason.contains("times, page 1") == true, "\(String(describing: error))")
  }

  @Test func directoriesReadBackAsTheyWereWritten() throws {
    let sample = SegmentSample(
      seed: 61, rowCount: 300, ordinals: Ordinals.severalBlocks.make(20, seed: 61))
    let file = try sample.opened(anyDayShareMax: .infinity)
    var writer = ByteWriter()
    file.directory.write(to: &writer)
    var reader = ByteReader(writer.bytes.rawSpan, of: "directory")
    #expect(try SegmentFileDirectory(from: &reader) == file.directory)
    for index in file.directory.runs.indices {
      let directory = try file.run(at: index).directory
      var writer = ByteWriter()
      directory.write(to: &writer)
      var reader = ByteReader(writer.bytes.rawSpan, of: "run")
      let count = file.directory.properties.count
      #expect(try RunDirectory(from: &reader, propertyCount: count) == directory)
      #expect(directory.shifted(by: 0) == directory)
    }
  }

  /// Directories lie under checksums; a wrong one that passes them must not trap either.
  @Test func damagedDirectoriesThrowOrRead() throws {
    let sample = SegmentSample(
      seed: 62, rowCount: 60, ordinals: Ordinals.severalBlocks.make(9, seed: 62))
    let file = try sample.opened(anyDayShareMax: .infinity)
    var writer = ByteWriter()
    file.directory.write(to: &writer)
    try expectNoTrap(writer.bytes) { bytes throws(MartletError) in
      var reader = ByteReader(bytes.rawSpan, of: "directory")
      _ = try SegmentFileDirectory(from: &reader)
    }
    var runWriter = ByteWriter()
    try file.run(at: 0).directory.write(to: &runWriter)
    try expectNoTrap(runWriter.bytes) { bytes throws(MartletError) in
      var reader = ByteReader(bytes.rawSpan, of: "run")
      _ = try RunDirectory(from: &reader, propertyCount: 4)
    }
  }

  private func expectNoTrap(
    _ bytes: [UInt8], _ read: ([UInt8]) throws(MartletError) -> Void
  ) throws {
    var thrown = 0
    for index in bytes.indices {
      for flip in [0x01, 0x40, 0x80, 0xFF] as [UInt8] {
        var damaged = bytes
        damaged[index] ^= flip
        do throws(MartletError) {
          try read(damaged)
        } catch {
          #expect(error.code == .corrupt, "byte \(index) ^ \(flip): \(error)")
          thrown += 1
        }
      }
      #expect(throws: MartletError.self, "\(index) bytes") { try read(Array(bytes[..<index])) }
    }
    #expect(thrown > bytes.count / 4)
  }
}
