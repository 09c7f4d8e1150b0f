import RoaringBitmap
import Testing

/// Every question against the same question asked of a dictionary.
struct BitSlicedIndexTests {
  static func random(_ seed: Int, low: Int64, high: Int64) -> [UInt32: Int64] {
    var random = Generator(seed: UInt64(seed))
    var numbers: [UInt32: Int64] = [:]
    for _ in 0..<random.below(700) {
      let member = UInt32(truncatingIfNeeded: random.next() % 200_000)
      numbers[member] = Int64.random(in: low...high, using: &random)
    }
    return numbers
  }

  static let ranges: [(Int64, Int64)] = [(0, 1), (1, 9), (-50, 50), (0, 1_000_000), (-9, -2)]

  private func index(_ numbers: [UInt32: Int64]) -> BitSlicedIndex {
    BitSlicedIndex(numbers.map { ($0.key, $0.value) })
  }

  private func index(_ numbers: [(UInt32, Int64)], scale: Int = 0) -> BitSlicedIndex {
    BitSlicedIndex(numbers, scale: scale)
  }

  @Test(arguments: 0..<20)
  func comparisons(seed: Int) {
    let (low, high) = Self.ranges[seed % 5]
    let numbers = Self.random(seed, low: low, high: high)
    let index = self.index(numbers)
    var random = Generator(seed: UInt64(seed))
    let candidates = RoaringBitmap(numbers.keys.filter { _ in random.below(3) == 0 } + [999_999])
    let probes = [low - 1, low, high, high + 1, .min, .max, 0, 1, 2, 3, 4, 8, (low + high) / 2]
    for (member, number) in numbers { #expect(index.value(of: member) == number, "seed \(seed)") }
    #expect(index.value(of: 300_000) == nil && index.count == numbers.count, "seed \(seed)")
    for probe in probes {
      let tests: [(BitSlicedIndex.Comparison, (Int64) -> Bool)] = [
        (.less, { $0 < probe }), (.lessOrEqual, { $0 <= probe }), (.equal, { $0 == probe }),
        (.notEqual, { $0 != probe }), (.greaterOrEqual, { $0 >= probe }),
        (.greater, { $0 > probe }),
      ]
      for (comparison, test) in tests {
        let expected = numbers.filter { test($0.value) }.keys.sorted()
        #expect(
          index.members(comparison, probe).toArray() == expected,
          "seed \(seed), \(comparison) \(probe)")
        #expect(
          index.members(comparison, probe, among: candidates).toArray()
            == expected.filter { candidates.contains($0) },
          "seed \(seed), \(comparison) \(probe), candidates")
      }
    }
    let between = low...((low + high) / 2)
    #expect(
      index.members(in: between).toArray()
        == numbers.filter { between.contains($0.value) }.keys.sorted(), "seed \(seed)")
  }

  @Test(arguments: 0..<20)
  func aggregates(seed: Int) {
    let (low, high) = Self.ranges[seed % 5]
    let numbers = Self.random(seed, low: low, high: high)
    let index = self.index(numbers)
    var random = Generator(seed: UInt64(seed))
    let some = RoaringBitmap(numbers.keys.filter { _ in random.below(2) == 0 })
    for candidates in [nil, some, RoaringBitmap()] {
      let own = numbers.filter { candidates?.contains($0.key) ?? true }
      let sorted = own.values.sorted()
      #expect(index.sum(among: candidates) == Int128(own.values.reduce(0, +)), "seed \(seed)")
      #expect(index.min(among: candidates) == sorted.first, "seed \(seed)")
      #expect(index.max(among: candidates) == sorted.last, "seed \(seed)")
      #expect(
        index.numbers(of: candidates) == own.sorted { $0.key < $1.key }.map(\.value),
        "seed \(seed)")
      for fraction in [0, 0.1, 0.25, 0.5, 0.9, 1] {
        let rank = Swift.max(Int((fraction * Double(sorted.count)).rounded(.up)) - 1, 0)
        #expect(
          index.quantile(fraction, among: candidates) == (sorted.isEmpty ? nil : sorted[rank]),
          "seed \(seed), \(fraction)")
      }
      for k in [0, 1, 5, 100, 10_000] {
        let ordered = own.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
        #expect(
          index.top(k, among: candidates).toArray() == ordered.prefix(k).map(\.key).sorted(),
          "seed \(seed), top \(k)")
      }
      let bounds = [low, low + 1, (low + high) / 2, high].sorted()
      let edges = [Int64.min] + bounds
      let expected = edges.indices.map { i in
        own.values.count { $0 >= edges[i] && (i == bounds.count || $0 < edges[i + 1]) }
      }
      #expect(index.histogram(bounds: bounds, among: candidates) == expected, "seed \(seed)")
    }
  }

  @Test(arguments: 0..<25)
  func addition(seed: Int) throws {
    let (lowA, highA) = Self.ranges[seed % 5]
    let (lowB, highB) = Self.ranges[seed / 5]
    let a = Self.random(seed, low: lowA, high: highA)
    let b = Self.random(seed + 500, low: lowB, high: highB)
    let sum = try index(a).adding(index(b))
    let expected = a.merging(b) { $0 + $1 }
    #expect(sum == index(expected), "seed \(seed)")
    #expect(sum.numbers() == expected.sorted { $0.key < $1.key }.map(\.value), "seed \(seed)")
  }

  @Test func additionThatCannotBe() {
    let large = index([(1, Int64.max)])
    #expect(throws: BitSlicedIndexError.self) { try large.adding(index([(1, 1)])) }
    #expect(throws: Never.self) { try large.adding(index([(2, 1)])) }
    #expect(throws: BitSlicedIndexError.self) {
      try large.adding(index([(2, 1)], scale: 2))
    }
  }

  @Test func extremes() throws {
    let index = self.index([(1, Int64.min), (2, Int64.max), (3, 0)])
    #expect(index.min() == .min && index.max() == .max && index.quantile(0.5) == 0)
    #expect(index.sum() == -1)
    #expect(index.members(.greater, 0).toArray() == [2])
    #expect(index.members(.less, 0).toArray() == [1])
    #expect(try BitSlicedIndex(serialized: index.serialized()) == index)
  }

  @Test func bytes() throws {
    let index = self.index([(7, 3), (9, 12), (40, -1)], scale: 2)
    let bytes = index.serialized()
    let header: [UInt8] = [0x4d, 0x42, 0x53, 0x49, 1, 0, 2, 4] + Array(repeating: 0xff, count: 8)
    #expect(Array(bytes.prefix(16)) == header)
    #expect(try BitSlicedIndex(serialized: bytes) == index)
    for length in 0..<bytes.count {
      #expect(throws: BitSlicedIndexError.self, "length \(length)") {
        try BitSlicedIndex(serialized: Array(bytes[..<length]))
      }
    }
    #expect(throws: BitSlicedIndexError.self) { try BitSlicedIndex(serialized: bytes + [0]) }
    for bit in 0..<(bytes.count * 8) {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      guard let other = try? BitSlicedIndex(serialized: damaged) else { continue }
      #expect(other != index, "bit \(bit)")
      #expect(other.numbers().count == other.count, "bit \(bit)")
    }
  }
}
