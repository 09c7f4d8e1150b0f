import MartletTestSupport

/// Sets of user ordinals that fill blocks of 65,536 in different ways.
enum Ordinals: CaseIterable {
  /// 0, 1, 2...
  case dense
  /// A few users in each of many blocks.
  case severalBlocks
  /// Anywhere, both ends of the range included.
  case sparse

  func make(_ count: Int, seed: UInt64) -> [UInt32] {
    var random = SplitMix64(seed: seed)
    switch self {
    case .dense: return (0..<UInt32(count)).shuffled(using: &random)
    case .severalBlocks:
      return (0..<UInt32(count)).map { $0 % 5 << 16 | $0 * 7919 % 65_536 }
        .shuffled(using: &random)
    case .sparse:
      var chosen: Set<UInt32> = [0, UInt32.max - 1, 65_535, 65_536]
      while chosen.count < count { chosen.insert(.random(in: 0...UInt32.max - 1, using: &random)) }
      return Array(chosen.sorted().suffix(count)).shuffled(using: &random)
    }
  }
}
