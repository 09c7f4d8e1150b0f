import RoaringBitmap
import Testing

/// Real sets against what CRoaring makes of them, and the format's shared test vectors.
@Suite(.enabled(if: TestData.folder != nil, Comment(rawValue: TestData.skipReason)))
struct OracleTests {
  struct Expectation: Sendable {
    let name: String
    let and, or, xor, andnot, union: Int
    let byteCount: Int
    let digest: String
  }

  static let expectations = [
    Expectation(
      name: "census1881", and: 23, or: 2_007_688, xor: 2_007_665,
      andnot: 1_003_833, union: 988_653, byteCount: 1_891_964,
      digest: "c76ae1c8c9bae7cb680966c4586d99c40c53829b154ab5f5d26122ad0db9ed0a"),
    Expectation(
      name: "census1881_srt", and: 137, or: 1_361_445, xor: 1_361_308,
      andnot: 680_653, union: 656_346, byteCount: 184_033,
      digest: "720b4664dc5cc7580bbb8f9fd5f8cc4beeca9a371859f93d3da40d5c6dd22777"),
    Expectation(
      name: "wikileaks-noquotes", and: 180, or: 545_366, xor: 545_186,
      andnot: 275_078, union: 242_540, byteCount: 202_770,
      digest: "e7859f9821061872806a75742eeb51ba3e85c082e43096f655e24c0c76b978ad"),
    Expectation(
      name: "wikileaks-noquotes_srt", and: 148, or: 571_589, xor: 571_441,
      andnot: 284_030, union: 236_436, byteCount: 58_726,
      digest: "66a844b30e0148e211542c0e8ca9ba87b0a6ef3992f88066b09b5277a3dac877"),
    Expectation(
      name: "uscensus2000", and: 0, or: 11_968, xor: 11_968,
      andnot: 5_984, union: 5_985, byteCount: 31_308,
      digest: "f8b470c9233f9cb1e695b12ad186a0e36f950a07c59a9231c110fb6602f416a8"),
  ]

  static func sets(_ name: String) throws -> [[UInt32]] {
    let archive = try ZipArchive(try TestData.bytes("roaring/real/\(name).zip"))
    // In the order of the number after `.csv`.
    func number(_ name: String) -> Int { Int(name.dropLast(4).split(separator: "csv").last!)! }
    return archive.files.sorted { number($0.name) < number($1.name) }.map { file in
      var set: [UInt32] = []
      var value: UInt32?
      for byte in file.bytes {
        if (48...57).contains(byte) {
          value = (value ?? 0) * 10 + UInt32(byte - 48)
        } else if let complete = value {
          set.append(complete)
          value = nil
        }
      }
      if let value { set.append(value) }
      return set
    }
  }

  @Test(arguments: expectations)
  func realSets(_ expected: Expectation) throws {
    let bitmaps = try Self.sets(expected.name).map { RoaringBitmap($0).runOptimized() }
    #expect(bitmaps.count == 200)
    var and = 0
    var or = 0
    var xor = 0
    var andnot = 0
    for (a, b) in zip(bitmaps, bitmaps.dropFirst()) {
      and += a.intersectionCount(with: b)
      or += a.union(b).count
      xor += a.symmetricDifferenceCount(with: b)
      andnot += a.subtracting(b).count
    }
    #expect(and == expected.and && or == expected.or)
    #expect(xor == expected.xor && andnot == expected.andnot)
    #expect(RoaringBitmap.union(of: bitmaps).count == expected.union)
    let bytes = bitmaps.flatMap { $0.serialized() }
    #expect(bytes.count == expected.byteCount)
    #expect(Sha256.hex(bytes) == expected.digest)
  }

  /// What each vector is as a 32-bit and as a 64-bit bitmap: its members' number, or refused.
  static let vectors: [(name: String, count32: Int?, count64: Int?)] = [
    ("testdata/64map32bitvals.bin", nil, 10), ("testdata/64mapempty.bin", nil, 0),
    ("testdata/64mapemptyinput.bin", nil, nil), ("testdata/64maphighvals.bin", nil, 121),
    ("testdata/64mapinvalidsize.bin", nil, nil), ("testdata/64mapkeytoosmall.bin", nil, nil),
    ("testdata/64mapsizetoosmall.bin", nil, nil), ("testdata/64mapspreadvals.bin", nil, 100),
    ("testdata/addoffsetinput.bin", 933_468, nil),
    ("testdata/bitmapwithoutruns.bin", 200_100, nil),
    ("testdata/bitmapwithruns.bin", 200_100, nil), ("testdata/crashproneinput1.bin", nil, nil),
    ("testdata/crashproneinput2.bin", nil, nil), ("testdata/crashproneinput3.bin", nil, nil),
    ("testdata/crashproneinput4.bin", nil, nil), ("testdata/crashproneinput5.bin", nil, nil),
    ("testdata/crashproneinput6.bin", nil, nil), ("testdata/crashproneinput7.bin", nil, nil),
    ("testdata64/bitmap64.bin", nil, 1_032_769),
    ("testdata64/portable_bitmap64.bin", nil, 188_424),
  ]

  @Test(arguments: vectors.indices)
  func testVector(index: Int) throws {
    let vector = Self.vectors[index]
    let bytes = try TestData.bytes("roaring/\(vector.name)")
    let bitmap = try? RoaringBitmap(serialized: bytes)
    #expect(bitmap?.count == vector.count32, "\(vector.name)")
    if let bitmap { #expect(bitmap.serialized() == bytes, "\(vector.name)") }
    let wide = try? RoaringBitmap64(serialized: bytes)
    #expect(wide?.count == vector.count64, "\(vector.name)")
    if let wide { #expect(wide.serialized() == bytes, "\(vector.name)") }
  }

  @Test func theTwoReferenceVectorsAreOneSet() throws {
    let plain = try RoaringBitmap(
      serialized: TestData.bytes("roaring/testdata/bitmapwithoutruns.bin"))
    let runs = try RoaringBitmap(serialized: TestData.bytes("roaring/testdata/bitmapwithruns.bin"))
    let expected = RoaringBitmap(
      (0..<100).map { UInt32($0) * 1_000 } + (100_000..<200_000).map { UInt32($0) * 3 }
        + (700_000..<800_000).map { UInt32($0) })
    #expect(
      plain == expected && runs == expected
        && plain.runOptimized().serialized() == runs.serialized())
  }
}
