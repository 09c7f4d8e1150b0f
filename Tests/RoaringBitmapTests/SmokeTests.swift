import RoaringBitmap
import Testing

@Test func roundTripsAndAlgebra() throws {
  var seed: UInt64 = 7
  func next() -> UInt64 {
    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return seed >> 33
  }
  for round in 0..<12 {
    func make() -> [UInt32] {
      var out: [UInt32] = []
      for key in 0..<3 where next() % 4 != 0 {
        let base = UInt32(key) << 16
        switch next() % 3 {
        case 0: for _ in 0..<(next() % 5000) { out.append(base + UInt32(next() % 65536)) }
        case 1: for _ in 0..<(next() % 60000) { out.append(base + UInt32(next() % 65536)) }
        default:
          for _ in 0..<(next() % 20 + 1) {
            let s = UInt32(next() % 60000)
            for v in 0..<UInt32(next() % 5000) { out.append(base + s + v) }
          }
        }
      }
      return out
    }
    let x = make()
    let y = make()
    let sx = Set(x)
    let sy = Set(y)
    var a = RoaringBitmap(x)
    var b = RoaringBitmap(y)
    if next() % 2 == 0 { a.runOptimize() }
    if next() % 2 == 0 { b.runOptimize() }
    #expect(a.toArray() == sx.sorted(), "round \(round)")
    #expect(a.union(b).toArray() == sx.union(sy).sorted(), "round \(round)")
    #expect(a.intersection(b).toArray() == sx.intersection(sy).sorted(), "round \(round)")
    #expect(a.subtracting(b).toArray() == sx.subtracting(sy).sorted(), "round \(round)")
    #expect(
      a.symmetricDifference(b).toArray() == sx.symmetricDifference(sy).sorted(), "round \(round)")
    #expect(a.intersectionCount(with: b) == sx.intersection(sy).count)
    #expect(a.intersects(b) == !sx.isDisjoint(with: sy))
    #expect(RoaringBitmap.union(of: [a, b, a.intersection(b)]) == a.union(b))
    #expect(a.intersection(b).isSubset(of: a))
    #expect(try RoaringBitmap(serialized: a.serialized()) == a)
    #expect(a.serialized().count == a.serializedByteCount)
    #expect(Array(b) == sy.sorted())
    #expect(RoaringBitmap(sorted: sx.sorted()) == a)
    var c = RoaringBitmap()
    for v in x.prefix(20000) { c.insert(v) }
    #expect(c == RoaringBitmap(x.prefix(20000)))
    for v in x.prefix(10000) { c.remove(v) }
    #expect(c == RoaringBitmap(x.prefix(20000)).subtracting(RoaringBitmap(x.prefix(10000))))
  }
}
