import RoaringBitmap
import Testing

struct Bitmap64Tests {
  static func random(_ seed: Int) -> [UInt64] {
    var random = Generator(seed: UInt64(seed))
    let highs: [UInt64] = [0, 1, 77, 0xffff_ffff]
    return (0..<random.below(3_000)).map { _ in
      highs[random.below(4)] << 32 | random.next() % 100_000
    }
  }

  @Test(arguments: 0..<20)
  func agreesWithSet(seed: Int) throws {
    let x = Self.random(seed)
    let y = Self.random(seed + 1_000)
    let a = RoaringBitmap64(x)
    let b = RoaringBitmap64(y)
    let s = Set(x)
    let t = Set(y)
    #expect(a.toArray() == s.sorted() && a.count == s.count, "seed \(seed)")
    #expect(a.union(b).toArray() == s.union(t).sorted(), "seed \(seed)")
    #expect(a.intersection(b).toArray() == s.intersection(t).sorted(), "seed \(seed)")
    #expect(a.subtracting(b).toArray() == s.subtracting(t).sorted(), "seed \(seed)")
    #expect(
      a.symmetricDifference(b).toArray() == s.symmetricDifference(t).sorted(), "seed \(seed)")
    var edited = RoaringBitmap64()
    for value in x { edited.insert(value) }
    #expect(edited == a, "seed \(seed)")
    for value in x { #expect(edited.contains(value), "seed \(seed)") }
    for value in x { edited.remove(value) }
    #expect(edited.isEmpty, "seed \(seed)")
    #expect(try RoaringBitmap64(serialized: a.serialized()) == a, "seed \(seed)")
  }

  @Test func bytes() {
    let bitmap = RoaringBitmap64([1, 1 << 32 | 2])
    let bytes = bitmap.serialized()
    #expect(bytes[..<12] == [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    for length in 0..<bytes.count {
      #expect(throws: RoaringBitmapError.self, "length \(length)") {
        try RoaringBitmap64(serialized: Array(bytes[..<length]))
      }
    }
    #expect(throws: RoaringBitmapError.self) { try RoaringBitmap64(serialized: bytes + [0]) }
    #expect(RoaringBitmap64().serialized() == [0, 0, 0, 0, 0, 0, 0, 0])
  }
}
