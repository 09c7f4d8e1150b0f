import MartletFiles
import MartletModel
import MartletTestSupport
import RoaringBitmap
import Testing

@testable import MartletSegmentFile

/// The index of insert ids: what is in it is found, what is not is not, nearly always.
@Suite struct InsertIDIndexTests {
  private func reader(_ fingerprints: [UInt64]) throws -> (
    index: InsertIDIndex, bytes: [UInt8], reader: InsertIDReader
  ) {
    var sink = BlockSink(compressionLevel: 1)
    // Something before it, so that offsets count.
    _ = sink.append([1, 2, 3], as: .directories)
    let index = InsertIDIndex.append(fingerprints, to: &sink)
    let file = FileBytes(sink.content, name: "ids")
    return (index, sink.content.joined(), InsertIDReader(index, in: file))
  }

  private func random(_ count: Int, seed: UInt64) -> [UInt64] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in random.next() }
  }

  @Test(arguments: [0, 1, 3, 4, 7, 8, 9, 100, 4095, 4096, 8191, 8192, 50_000])
  func everyFingerprintIsFound(_ count: Int) throws {
    let fingerprints = random(count, seed: UInt64(count))
    let (index, bytes, reader) = try reader(fingerprints)
    for fingerprint in fingerprints { #expect(try reader.mayHold(fingerprint)) }
    #expect(try reader.prefixes() == InsertIDIndex.prefixes(of: fingerprints))
    #expect(index.count == count && index.byteCount == bytes.count - 3)
    #expect(index.byteCount <= count * 7 / 2 + 4)
    if count > 100 { #expect(index.byteCount > count * 13 / 4) }
    let others = self.random(20_000, seed: UInt64(count) + 1)
    let found = try others.count { try reader.mayHold($0) }
    #expect(found <= 2, "\(found) of 20,000")
  }

  @Test func shapesFollowTheCount() {
    #expect(InsertIDShape(count: 0).pageCount == 0)
    for (count, bits, pages) in [
      (1, 0, 1), (7, 0, 1), (8, 1, 1), (4096, 10, 1), (8191, 10, 1), (8192, 11, 2),
      (2_000_000, 18, 256), (Int(UInt32.max), 29, 1 << 19),
    ] {
      let shape = InsertIDShape(count: count)
      #expect(shape.bucketBits == bits && shape.pageCount == pages, "\(count)")
      #expect(shape.pageCount * shape.bucketsPerPage == 1 << bits, "\(count)")
    }
    let shape = InsertIDShape(count: 8192)
    for ids in [0, 1, 65_535, 65_536, 100_000] {
      #expect(shape.idCount(ofPageOf: shape.endsByteCount(ofIDs: ids) + ids * 3) == ids)
    }
    for bytes in [0, 2047, 2049, 2048 + 65_536 * 3] {
      #expect(shape.idCount(ofPageOf: bytes) == nil, "\(bytes)")
    }
  }

  /// Ids that were chosen to share all leading bits make one long bucket, and nothing breaks.
  @Test func manyEqualFingerprints() throws {
    var fingerprints = [UInt64](repeating: 0xABCD_EF01_2345_6789, count: 70_000)
    fingerprints += random(3_000, seed: 5)
    let (index, _, reader) = try reader(fingerprints)
    #expect(index.pages.contains { Int($0.byteCount) > 70_000 * 3 })
    for fingerprint in fingerprints.suffix(3_001) { #expect(try reader.mayHold(fingerprint)) }
    #expect(try !reader.mayHold(0xABCD_EF01_0000_0000))
    #expect(try reader.prefixes() == InsertIDIndex.prefixes(of: fingerprints))
  }

  /// Nine ids make two buckets: the ends of both, then the remainders of each in order.
  @Test func goldenBytes() throws {
    let (_, bytes, _) = try reader([
      0x8000_0100_0000_0000, 0x0000_0000_0000_0000, 0x7FFF_FFFF_FFFF_FFFF,
      0x0000_0180_0000_0000, 0xFFFF_FFFF_0000_0000, 0x8123_4567_89AB_CDEF,
      0x0000_0000_8000_0000, 0x4000_0000_0000_0000, 0xC000_0000_0000_0000,
    ])
    let expected: [UInt8] = [
      5, 0, 9, 0,
      0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0x80, 0xFF, 0xFF, 0xFF,
      2, 0, 0, 0x8A, 0x46, 2, 0, 0, 0x80, 0xFF, 0xFF, 0xFF,
    ]
    #expect(Array(bytes.dropFirst(3)) == expected)
  }

  @Test func everyDamagedByteIsFound() throws {
    let fingerprints = random(60, seed: 9)
    let (index, bytes, _) = try reader(fingerprints)
    for place in 3..<bytes.count {
      var damaged = bytes
      damaged[place] ^= UInt8(1 << (place % 8))
      let reader = InsertIDReader(index, in: FileBytes(damaged, name: "ids"))
      let error = #expect(throws: MartletError.self) { try reader.mayHold(fingerprints[0]) }
      #expect(error?.code == .corrupt && error?.file == "ids")
    }
  }

  /// Ends that pass the checksum and contradict one another.
  @Test(arguments: [[6, 0, 9, 0], [9, 0, 5, 0], [5, 0, 8, 0], [0, 0, 10, 0]] as [[UInt8]])
  func endsThatDoNotAddUp(_ ends: [UInt8]) throws {
    var page = ends + [UInt8](repeating: 0, count: 27)
    if ends[0] == 6 { page = [10, 0] + page.dropFirst(2) }
    var sink = BlockSink(compressionLevel: 1)
    let handle = sink.append(page, as: .insertIDs)
    let index = InsertIDIndex(
      count: 9,
      pages: [
        .init(offset: handle.offset, byteCount: handle.byteCount, checksum: handle.checksum)
      ])
    let reader = InsertIDReader(index, in: FileBytes(sink.content, name: "ids"))
    #expect(throws: MartletError.self) { try reader.mayHold(0) }
    #expect(throws: MartletError.self) { try reader.prefixes() }
  }

  @Test func threadsSearchTogether() throws {
    let fingerprints = random(40_000, seed: 11)
    let (_, _, reader) = try reader(fingerprints)
    let found = try Parallel.map(Array(0..<8)) { thread throws(MartletError) in
      var found = 0
      for index in stride(from: thread, to: fingerprints.count, by: 3) {
        if try reader.mayHold(fingerprints[index]) { found += 1 }
      }
      return found
    }
    let expected = (0..<8).map { thread in (40_000 - thread + 2) / 3 }
    #expect(found == expected)
  }
}

extension InsertIDReader {
  fileprivate func mayHold(_ fingerprint: UInt64) throws(MartletError) -> Bool {
    try candidates(among: [fingerprint]) == [0]
  }
}
