import RoaringBitmap
import Testing

struct SerializationTests {
  @Test func goldenBytes() {
    #expect(RoaringBitmap().serialized() == [0x3a, 0x30, 0, 0, 0, 0, 0, 0])
    #expect(
      RoaringBitmap([1, 2, 3]).serialized() == [
        0x3a, 0x30, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0x10, 0, 0, 0, 1, 0, 2, 0, 3, 0,
      ])
    // One run block and fewer than four blocks: no offsets.
    #expect(
      RoaringBitmap(11...15).serialized() == [
        0x3b, 0x30, 0, 0, 1, 0, 0, 4, 0, 1, 0, 11, 0, 4, 0,
      ])
    // Three members are no larger as an array than as a run: an array, whatever came before.
    #expect(
      RoaringBitmap(5...7).runOptimized().serialized() == RoaringBitmap([5, 6, 7]).serialized())
  }

  @Test(arguments: 0..<30)
  func roundTrip(seed: Int) throws {
    var random = Generator(seed: UInt64(seed))
    let bitmap = random.bitmap()
    let bytes = bitmap.serialized()
    #expect(bytes.count == bitmap.serializedByteCount, "seed \(seed)")
    let back = try RoaringBitmap(serialized: bytes)
    #expect(back == bitmap && back.serialized() == bytes, "seed \(seed)")
    #expect(bitmap.runOptimized().serializedByteCount <= bytes.count, "seed \(seed)")
  }

  /// A bitmap with each form, small enough to try every damage.
  static let small: RoaringBitmap = {
    var bitmap = RoaringBitmap([1, 5, 9, 70_000, 70_002])
    bitmap.insert(131_072...131_400)
    bitmap.insert(262_144...262_150)
    bitmap.insert(262_160...262_190)
    bitmap.insert(400_000)
    return bitmap.runOptimized()
  }()

  @Test func truncationAtEveryLength() {
    let bytes = Self.small.serialized()
    for length in 0..<bytes.count {
      #expect(throws: RoaringBitmapError.self, "length \(length)") {
        try RoaringBitmap(serialized: Array(bytes[..<length]))
      }
    }
    #expect(throws: RoaringBitmapError.self) { try RoaringBitmap(serialized: bytes + [0]) }
  }

  @Test func everyBitFlipIsRefusedOrBehaves() throws {
    let bytes = Self.small.serialized()
    var refused = 0
    for bit in 0..<(bytes.count * 8) {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      guard let bitmap = try? RoaringBitmap(serialized: damaged) else {
        refused += 1
        continue
      }
      // Either another valid bitmap, consistent in itself, or the same one: run flags beyond the
      // last block mean nothing.
      let members = bitmap.toArray()
      #expect(members.count == bitmap.count, "bit \(bit)")
      #expect(zip(members, members.dropFirst()).allSatisfy { $0 < $1 }, "bit \(bit)")
      #expect((bitmap.serialized() == damaged) != (bitmap == Self.small), "bit \(bit)")
    }
    #expect(refused > bytes.count)
  }

  @Test func errorsSayWhatAndWhere() {
    func error(_ bytes: [UInt8]) -> RoaringBitmapError? {
      do throws(RoaringBitmapError) {
        _ = try RoaringBitmap(serialized: bytes)
        return nil
      } catch {
        return error
      }
    }
    #expect(error([1, 2, 3, 4])?.reason == .unknownCookie(0x0403_0201))
    #expect(error([0x3a, 0x30, 0, 0, 1, 0, 1, 0])?.reason == .tooManyBlocks(65_537))
    var bytes = RoaringBitmap([1, 2, 3]).serialized()
    bytes[12] = 9
    #expect(error(bytes)?.reason == .wrongOffset(stated: 9, actual: 16))
    #expect(error(bytes)?.byteOffset == 12)
    bytes = RoaringBitmap([1, 2, 3]).serialized()
    bytes[18] = 1
    #expect(error(bytes)?.reason == .arrayOutOfOrder)
    #expect(error(bytes)?.byteOffset == 18 && error(bytes)?.blockIndex == 0)
    bytes = RoaringBitmap(11...15).serialized()
    bytes[7] = 5
    #expect(error(bytes)?.reason == .wrongCardinality(stated: 6, actual: 5))
    bytes[9] = 0
    #expect(error(bytes)?.reason == .noRuns)
  }

  @Test func codable() throws {
    let bytes = try ByteListCoder.encode(Self.small)
    #expect(bytes == Self.small.serialized())
    #expect(try ByteListCoder.decode(bytes) == Self.small)
    #expect(throws: DecodingError.self) { try ByteListCoder.decode([1, 2, 3]) }
  }
}
