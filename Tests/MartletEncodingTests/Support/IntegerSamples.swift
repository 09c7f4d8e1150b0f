/// Columns of every shape that the integer encodings tell apart.
struct IntegerSample: Sendable {
  var name: String
  var values: [Int64]

  var testDescription: String { "\(name), \(values.count) values" }

  static func all(count: Int, seed: UInt64) -> [IntegerSample] {
    var generator = SeededGenerator(seed: seed)
    func random(_ range: ClosedRange<Int64>) -> [Int64] {
      (0..<count).map { _ in Int64.random(in: range, using: &generator) }
    }
    let start: Int64 = 1_770_000_000_000
    var samples = [
      IntegerSample(name: "constant", values: Array(repeating: -7, count: count)),
      IntegerSample(name: "bits", values: random(0...1)),
      IntegerSample(name: "skewed bits", values: random(0...30).map { $0 == 0 ? 1 : 0 }),
      IntegerSample(name: "bytes", values: random(0...255)),
      IntegerSample(name: "negative", values: random(-1000 ... -3)),
      IntegerSample(name: "everything", values: random(.min ... .max)),
      IntegerSample(name: "extremes", values: random(0...1).map { $0 == 0 ? .min : .max }),
      IntegerSample(name: "milliseconds", values: random(start...start + 15_552_000_000)),
      IntegerSample(name: "seconds", values: random(0...15_552_000).map { start + $0 * 1000 }),
      IntegerSample(name: "days", values: random(0...180).map { start + $0 * 86_400_000 }),
      IntegerSample(name: "wide steps", values: random(0...3).map { $0 &* 0x3000_0000_0000_0001 }),
      IntegerSample(name: "ordinals", values: random(0...100_000).sorted()),
      IntegerSample(name: "sorted", values: random(start...start + 1_000_000).sorted()),
      IntegerSample(name: "arithmetic", values: (0..<Int64(count)).map { 5 + $0 * 3 }),
      IntegerSample(name: "long runs", values: (0..<Int64(count)).map { $0 / 100 % 3 * 1_000_003 }),
      IntegerSample(
        name: "repeated pattern", values: (0..<count).map { [9, 1_000_000, -4, 77, 12][$0 % 5] }),
      IntegerSample(
        name: "one outlier", values: (0..<count).map { $0 == count / 2 ? .max : 3 }),
    ]
    let powers = random(0...24).map { 99 + Int64.random(in: 0...1 << $0, using: &generator) }
    samples.append(IntegerSample(name: "powers", values: powers))
    var time = start
    let bursts = powers.enumerated().map { index, gap in
      time = index % 9 == 0 ? start + gap * 1000 : time + gap
      return time
    }
    samples.append(IntegerSample(name: "bursts", values: bursts))
    for width in 1...63 where count <= 1000 {
      samples.append(
        IntegerSample(name: "\(width) bits", values: random(0...(.max >> Int64(63 - width)))))
    }
    return samples
  }
}
