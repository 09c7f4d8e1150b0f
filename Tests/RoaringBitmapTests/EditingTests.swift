import RoaringBitmap
import Testing

struct EditingTests {
  /// Random operations, each on a bitmap and on a `Set`; `MARTLET_DIFFERENTIAL_OPERATIONS` makes
  /// the run longer.
  @Test func agreesWithSet() throws {
    let operationCount = TestData.number("MARTLET_DIFFERENTIAL_OPERATIONS") ?? 100_000
    let seed: UInt64 = 20_260_501
    var random = Generator(seed: seed)
    var bitmap = RoaringBitmap()
    var set = Set<UInt32>()
    for step in 0..<operationCount {
      let place = "seed \(seed), step \(step)"
      // Few distinct values in some blocks, many in others.
      let value =
        UInt32(random.below(4)) * 65_536 + UInt32(random.below([30, 9_000][step / 50 % 2]))
      switch random.below(20) {
      case 0..<11:
        let expected = set.insert(value).inserted
        #expect(bitmap.insert(value).inserted == expected, "\(place)")
      case 11..<17:
        #expect(bitmap.remove(value) == set.remove(value), "\(place)")
      case 17, 18:
        #expect(bitmap.contains(value) == set.contains(value), "\(place)")
      default:
        if step % 12 == 0 { Self.rareOperation(&bitmap, &set, value, &random, place) }
      }
      if step % 5_000 == 0 {
        #expect(bitmap.count == set.count, "\(place)")
        #expect(bitmap.toArray() == set.sorted(), "\(place)")
        #expect(try RoaringBitmap(serialized: bitmap.serialized()) == bitmap, "\(place)")
      }
    }
    #expect(bitmap.toArray() == set.sorted())
  }

  private static func rareOperation(
    _ bitmap: inout RoaringBitmap, _ set: inout Set<UInt32>, _ value: UInt32,
    _ random: inout Generator, _ place: String
  ) {
    let range = value...(value + UInt32(random.below(300)))
    switch random.below(6) {
    case 0:
      bitmap.insert(range)
      set.formUnion(range)
    case 1:
      bitmap.remove(range)
      set.subtract(range)
    case 2:
      bitmap.flip(range)
      set.formSymmetricDifference(range)
    case 3: bitmap.runOptimize()
    case 4:
      let copy = bitmap
      bitmap.insert(value)
      set.insert(value)
      #expect(copy.count <= bitmap.count, "\(place)")
    default:
      #expect(bitmap.rangeCardinality(range) == set.count { range.contains($0) }, "\(place)")
    }
  }

  @Test func copiesAreIndependent() {
    var a = RoaringBitmap(0..<100_000)
    let b = a
    a.remove(5)
    a.insert(200_000)
    #expect(b.contains(5) && !b.contains(200_000) && b.count == 100_000)
    #expect(!a.contains(5) && a.contains(200_000) && a.count == 100_000)
  }

  /// Through the sizes at which a block changes its form, up and down.
  @Test func growsAndShrinksThroughAllForms() {
    var bitmap = RoaringBitmap()
    for i in 0..<5_000 { bitmap.insert(UInt32(i) * 3) }
    #expect(bitmap.statistics.bitsetCount == 1 && bitmap.count == 5_000)
    for i in 0..<1_000 { #expect(bitmap.remove(UInt32(i) * 3) != nil) }
    #expect(bitmap.statistics.arrayCount == 1 && bitmap.count == 4_000)
    #expect(bitmap.toArray() == (1_000..<5_000).map { UInt32($0) * 3 })
    for i in 1_000..<5_000 { bitmap.remove(UInt32(i) * 3) }
    #expect(bitmap.isEmpty && bitmap == RoaringBitmap())
  }

  @Test func editsInReverseReuseRoom() {
    // Blocks created back to front, each outgrowing its place: the buffer must not grow forever.
    var bitmap = RoaringBitmap()
    var expected: [UInt32] = []
    for i in 0..<3_000 {
      for key in (0..<8).reversed() {
        let value = UInt32(key) << 16 | UInt32(60_000 - 7 * i % 60_000)
        bitmap.insert(value)
        expected.append(value)
      }
    }
    #expect(bitmap == RoaringBitmap(expected))
    #expect(bitmap.count == Set(expected).count)
  }

  @Test func rangesAtTheEnds() {
    var all = RoaringBitmap(UInt32.min...UInt32.max)
    #expect(all.count == 1 << 32 && all.min == 0 && all.max == .max)
    #expect(all.contains(0...UInt32.max))
    all.remove(UInt32.max...UInt32.max)
    #expect(all.count == (1 << 32) - 1 && all.max == .max - 1)
    all.flip(UInt32.min...UInt32.max)
    #expect(all.toArray() == [.max])
    #expect(RoaringBitmap(5..<5).isEmpty)
    #expect(RoaringBitmap(65_535...65_536).toArray() == [65_535, 65_536])
  }
}
