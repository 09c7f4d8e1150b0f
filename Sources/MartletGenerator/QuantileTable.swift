/// Draws numbers of a distribution that is given by its quantiles, interpolated between them.
struct QuantileTable {
  /// Quantiles at 0/64, 1/64 ... 64/64.
  let quantiles: [UInt64]

  /// - Precondition: 65 ascending quantiles below 2^40.
  init(_ quantiles: [UInt64]) {
    precondition(quantiles.count == 65)
    self.quantiles = quantiles
  }

  /// The value at the quantile `random / 2^64`.
  func pick(_ random: UInt64) -> UInt64 {
    let step = Int(random >> 58)
    let fraction = (random >> 34) & 0xFF_FFFF
    let (low, high) = (quantiles[step], quantiles[step + 1])
    return low + ((high - low) * fraction) >> 24
  }
}
