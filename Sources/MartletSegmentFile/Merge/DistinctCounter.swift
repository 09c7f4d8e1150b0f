/// Counts distinct hashes in bounded memory: exactly while there are few, closely when there are
/// many.
///
/// Distinct sampling, after Gibbons (VLDB 2001): a hash counts while it ends in enough zero bits;
/// as the sample fills, one more bit is asked for.
struct DistinctCounter {
  private static let sampleCountMax = 1 << 16
  private var sample: Set<UInt64> = []
  private var zeroBits: UInt64 = 0

  mutating func insert(_ hash: UInt64) {
    guard hash & mask == 0 else { return }
    sample.insert(hash)
    while sample.count > DistinctCounter.sampleCountMax {
      zeroBits += 1
      sample = sample.filter { $0 & mask == 0 }
    }
  }

  private var mask: UInt64 { 1 << zeroBits - 1 }

  /// How many distinct hashes were inserted; about that many beyond 65,536.
  var count: Int { sample.count << Int(zeroBits) }
}
