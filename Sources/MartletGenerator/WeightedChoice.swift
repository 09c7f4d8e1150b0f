/// Draws an index with a probability in proportion to its weight, in constant time.
///
/// Integers throughout, so every machine draws alike. Source: Michael Vose, "A Linear Algorithm
/// for Generating Random Numbers with a Given Distribution" (1991), the alias method.
struct WeightedChoice {
  /// `threshold << 32 | alias` per index: the index itself below the threshold, else the alias.
  private let slots: [UInt64]

  /// - Precondition: some weight is positive; `sum(weights) * weights.count` fits in 64 bits.
  init(_ weights: [UInt64]) {
    let total = weights.reduce(0, +)
    precondition(total > 0)
    var share = weights.map { $0 * UInt64(weights.count) }
    var (small, large): ([Int], [Int]) = ([], [])
    for index in share.indices {
      if share[index] < total { small.append(index) } else { large.append(index) }
    }
    var slots = weights.indices.map { UInt64(UInt32.max) << 32 | UInt64($0) }
    while let low = small.popLast(), let high = large.last {
      let threshold = total.dividingFullWidth((share[low] >> 32, share[low] << 32)).quotient
      slots[low] = threshold << 32 | UInt64(high)
      share[high] -= total - share[low]
      if share[high] < total {
        large.removeLast()
        small.append(high)
      }
    }
    self.slots = slots
  }

  /// The index that 64 random bits choose.
  func pick(_ random: UInt64) -> Int {
    let (index, fraction) = random.multipliedFullWidth(by: UInt64(slots.count))
    let slot = slots[Int(index)]
    return fraction >> 32 < slot >> 32 ? Int(index) : Int(slot & 0xFFFF_FFFF)
  }
}
