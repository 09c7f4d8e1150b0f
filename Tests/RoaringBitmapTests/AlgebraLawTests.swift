import RoaringBitmap
import Testing

/// The laws of the algebra of sets, on blocks of every form.
struct AlgebraLawTests {
  @Test(arguments: 0..<40)
  func laws(seed: Int) {
    var random = Generator(seed: UInt64(seed))
    let a = random.bitmap()
    let b = random.bitmap()
    let c = random.bitmap()
    let empty = RoaringBitmap()

    // Commutativity, associativity, distributivity.
    #expect(a.union(b) == b.union(a), "seed \(seed)")
    #expect(a.intersection(b) == b.intersection(a), "seed \(seed)")
    #expect(a.symmetricDifference(b) == b.symmetricDifference(a), "seed \(seed)")
    #expect(a.union(b).union(c) == a.union(b.union(c)), "seed \(seed)")
    #expect(a.intersection(b).intersection(c) == a.intersection(b.intersection(c)), "seed \(seed)")
    #expect(
      a.symmetricDifference(b).symmetricDifference(c)
        == a.symmetricDifference(b.symmetricDifference(c)), "seed \(seed)")
    #expect(
      a.union(b.intersection(c)) == a.union(b).intersection(a.union(c)), "seed \(seed)")
    #expect(
      a.intersection(b.union(c)) == a.intersection(b).union(a.intersection(c)), "seed \(seed)")
    #expect(
      a.intersection(b.symmetricDifference(c))
        == a.intersection(b).symmetricDifference(a.intersection(c)), "seed \(seed)")

    // Identity, idempotence, domination, absorption.
    #expect(a.union(empty) == a && a.intersection(empty) == empty, "seed \(seed)")
    #expect(a.union(a) == a && a.intersection(a) == a, "seed \(seed)")
    #expect(a.subtracting(a) == empty && a.symmetricDifference(a) == empty, "seed \(seed)")
    #expect(a.union(a.intersection(b)) == a && a.intersection(a.union(b)) == a, "seed \(seed)")

    // Complements, relative to c.
    #expect(
      c.subtracting(a.union(b)) == c.subtracting(a).intersection(c.subtracting(b)), "seed \(seed)")
    #expect(
      c.subtracting(a.intersection(b)) == c.subtracting(a).union(c.subtracting(b)), "seed \(seed)")
    #expect(c.subtracting(c.subtracting(a)) == c.intersection(a), "seed \(seed)")
    #expect(
      a.symmetricDifference(b) == a.union(b).subtracting(a.intersection(b)), "seed \(seed)")
    #expect(a.subtracting(b).union(a.intersection(b)) == a, "seed \(seed)")
  }

  @Test(arguments: 0..<40)
  func countsAndRelations(seed: Int) {
    var random = Generator(seed: UInt64(seed + 1_000))
    let a = random.bitmap()
    let b = random.bitmap()
    let both = a.intersection(b)
    #expect(a.intersectionCount(with: b) == both.count, "seed \(seed)")
    #expect(a.unionCount(with: b) == a.union(b).count, "seed \(seed)")
    #expect(a.subtractingCount(with: b) == a.subtracting(b).count, "seed \(seed)")
    #expect(
      a.symmetricDifferenceCount(with: b) == a.symmetricDifference(b).count, "seed \(seed)")
    #expect(a.intersects(b) == !both.isEmpty, "seed \(seed)")
    #expect(a.isDisjoint(with: b) == both.isEmpty, "seed \(seed)")
    #expect(both.isSubset(of: a) && a.isSuperset(of: both), "seed \(seed)")
    #expect(a.isSubset(of: b) == (both == a), "seed \(seed)")
    #expect(a.isStrictSubset(of: a.union(b)) == (a != a.union(b)), "seed \(seed)")
    #expect(both.hashValue == b.intersection(a).hashValue, "seed \(seed)")
    #expect(a.runOptimized() == a && a.runOptimized().hashValue == a.hashValue, "seed \(seed)")
  }

  @Test(arguments: 0..<20)
  func inPlaceFormsAgree(seed: Int) {
    var random = Generator(seed: UInt64(seed + 2_000))
    let a = random.bitmap()
    let b = random.bitmap()
    var x = a
    x.formUnion(b)
    #expect(x == a.union(b), "seed \(seed)")
    x = a
    x.formIntersection(b)
    #expect(x == a.intersection(b), "seed \(seed)")
    x = a
    x.subtract(b)
    #expect(x == a.subtracting(b), "seed \(seed)")
    x = a
    x.formSymmetricDifference(b)
    #expect(x == a.symmetricDifference(b), "seed \(seed)")
  }

  @Test(arguments: [0, 1, 2, 3, 5, 40, 300])
  func manyAtOnce(count: Int) {
    var random = Generator(seed: UInt64(count))
    let bitmaps = (0..<count).map { i in
      i < 6
        ? random.bitmap()
        : RoaringBitmap((0..<20).map { _ in UInt32(truncatingIfNeeded: random.next() % 200_000) })
    }
    #expect(RoaringBitmap.union(of: bitmaps) == bitmaps.reduce(RoaringBitmap()) { $0.union($1) })
    let common = bitmaps.dropFirst().reduce(bitmaps.first ?? RoaringBitmap()) {
      $0.intersection($1)
    }
    #expect(RoaringBitmap.intersection(of: bitmaps) == common)
  }
}
