import RoaringBitmap

/// Seeded random numbers, and sets of every shape that a block can have.
struct Generator: RandomNumberGenerator {
  let seed: UInt64
  private var state: UInt64

  init(seed: UInt64) {
    self.seed = seed
    state = seed &+ 0x9e37_79b9_7f4a_7c15
  }

  /// SplitMix64 (S. Vigna).
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// The low halves of a block of random shape, as 65,536 flags.
  mutating func block() -> [Bool] {
    var flags = [Bool](repeating: false, count: 65_536)
    switch below(7) {
    case 0: for _ in 0...below(12) { flags[below(65_536)] = true }
    case 1: for _ in 0...below(4_500) { flags[below(65_536)] = true }
    case 2:
      let density = below(100)
      for i in flags.indices { flags[i] = below(100) < density }
    case 3:
      for _ in 0...below(30) {
        let first = below(65_536)
        for i in first..<Swift.min(first + below(6_000) + 1, 65_536) { flags[i] = true }
      }
    case 4:
      // Around the size where arrays end.
      let step = 65_536 / (4_094 + below(5))
      for i in stride(from: below(step), to: 65_536, by: step) { flags[i] = true }
    case 5: for i in flags.indices { flags[i] = true }
    default:
      for i in stride(from: below(2), to: 65_536, by: 2 + below(3)) { flags[i] = true }
    }
    return flags
  }

  /// A bitmap of up to four blocks, in whatever forms.
  mutating func bitmap() -> RoaringBitmap {
    var builder = RoaringBitmapBuilder()
    for key: UInt16 in [0, 1, 7, 65_535] where below(3) != 0 {
      builder.append(key: key, words: Self.words(block()))
    }
    let bitmap = builder.finish()
    return below(2) == 0 ? bitmap : bitmap.runOptimized()
  }

  static func words(_ flags: [Bool]) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: 1_024)
    for i in flags.indices where flags[i] { words[i / 64] |= 1 << UInt64(i % 64) }
    return words
  }
}
