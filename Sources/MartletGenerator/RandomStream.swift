/// SplitMix64: one add and two multiplies a number, and any number of independent streams.
///
/// Source: Guy Steele, Doug Lea, Christine Flood, "Fast Splittable Pseudorandom Number Generators"
/// (OOPSLA 2014), with David Stafford's mix 13.
struct RandomStream {
  private var state: UInt64

  private static let golden: UInt64 = 0x9E37_79B9_7F4A_7C15

  init(key: UInt64) { state = key }

  mutating func next() -> UInt64 {
    state &+= RandomStream.golden
    return RandomStream.mix(state)
  }

  /// A number below `bound`, by multiplication; the bias is below `bound / 2^64`.
  mutating func next(below bound: UInt64) -> UInt64 {
    next().multipliedFullWidth(by: bound).high
  }

  /// True in `threshold / 2^32` of cases.
  mutating func chance(_ threshold: UInt64) -> Bool { next() >> 32 < threshold }

  /// A bijection of 64-bit numbers that spreads every bit.
  static func mix(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// The key of one of a stream's children: streams of different keys are independent.
  static func key(_ parent: UInt64, _ child: UInt64) -> UInt64 {
    mix(mix(parent &+ golden) ^ (child &* golden))
  }

  /// A share as the threshold that `chance` takes. Exact: a product with a power of two.
  static func threshold(ofShare share: Double) -> UInt64 { UInt64(share * 4_294_967_296) }
}
