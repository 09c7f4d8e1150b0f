import MartletTestSupport

/// Values whose smallest form is each of those that a page of integers can have.
enum PageShapes {
  static let valueCount = 100

  static let all: [[Int64]] = {
    var random = SplitMix64(seed: 7)
    let far: [Int64] = [700_000_000_007, 3, 900_000_011, 50_000_000_021]
    let pattern = (0..<50).map { _ in Int64(random.integer(0...65_535)) }
    let steps = (0..<valueCount).map { _ in
      Int64(random.integer(0...1 << random.integer(0...(random.chance(0.1) ? 40 : 4))))
    }
    func values(_ value: (Int) -> Int64) -> [Int64] { (0..<valueCount).map(value) }
    return [
      values { _ in far[0] },  // constant
      values { _ in Int64(random.integer(0...8191)) },  // packed
      values { Int64($0) * 1000 + Int64(random.integer(0...7)) },  // deltas
      values { pattern[$0 % 50] },  // packed, compressed
      sums(values { pattern[$0 % 25] % 256 }),  // deltas, compressed
      values { far[$0 / 25] },  // runs
      values { _ in random.pick(far) },  // dictionary
      steps,  // magnitudes
      sums(steps),  // magnitudes of deltas
    ]
  }()

  private static func sums(_ values: [Int64]) -> [Int64] {
    var sum: Int64 = 0
    return values.map {
      sum += $0
      return sum
    }
  }
}
