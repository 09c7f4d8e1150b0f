import MartletTestSupport
import Testing

@testable import MartletQuery

/// Bits for rows, beside sets of numbers.
@Suite struct RowMaskTests {
  private func rows(_ mask: RowMask) -> Set<Int> {
    var rows: [Int] = []
    mask.forEachRow { rows.append($0) }
    #expect(rows == rows.sorted())
    #expect(mask.isEmpty == rows.isEmpty)
    for row in 0..<mask.count { #expect(mask[row] == rows.contains(row)) }
    return Set(rows)
  }

  private func random(_ count: Int, _ random: inout SplitMix64) -> (RowMask, Set<Int>) {
    var (mask, set) = (RowMask(none: count), Set<Int>())
    for row in 0..<count where random.chance(0.3) {
      mask.insert(row)
      set.insert(row)
    }
    return (mask, set)
  }

  @Test(arguments: [0, 1, 63, 64, 65, 128, 200])
  func algebra(_ count: Int) {
    var generator = SplitMix64(seed: UInt64(count))
    let all = Set(0..<count)
    #expect(rows(RowMask(all: count)) == all)
    #expect(rows(RowMask(none: count)) == [])
    for _ in 0..<5 {
      let (a, setA) = random(count, &generator)
      let (b, setB) = random(count, &generator)
      var (both, some, other) = (a, a, a)
      both.formIntersection(b)
      some.formUnion(b)
      other.invert()
      #expect(rows(a) == setA)
      #expect(rows(both) == setA.intersection(setB))
      #expect(rows(some) == setA.union(setB))
      #expect(rows(other) == all.subtracting(setA))
      other.invert()
      #expect(rows(other) == setA)
    }
  }

  @Test(arguments: [0, 1, 64, 65, 130])
  func windows(_ count: Int) {
    var random = SplitMix64(seed: UInt64(count) + 7)
    let times = (0..<count).map { _ in Int64(random.integer(-5...5)) }
    for from in [.min, -5, 0, 3] as [Int64] {
      for to in [-6, 0, 3, 6, .max] as [Int64] {
        let window = TimeWindow(from: from, to: to)
        let expected = Set(times.indices.filter { times[$0] >= from && times[$0] < to })
        #expect(rows(RowMask(times, in: window)) == expected, "\(from)..<\(to)")
      }
    }
  }

  @Test(arguments: [0, 1, 63, 64, 65, 129])
  func denseValues(_ count: Int) {
    let values = (0..<count).map { Int64($0 * 37 % 11) }
    var mask = RowMask(none: count)
    if count > 0 { mask.insert(0) }
    mask.formUnion(ofDense: values) { $0 > 6 }
    let expected = Set(values.indices.filter { values[$0] > 6 || $0 == 0 })
    #expect(rows(mask) == expected)
  }
}
