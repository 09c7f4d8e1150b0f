import MartletEncoding
import MartletModel
import MartletTestSupport

/// Files of blocks, whole and taken apart.
struct BlockFileSeeds {
  let files: [[UInt8]]
  private let small: [BlockFileParts]
  private let large: [BlockFileParts]

  init(small: [[UInt8]], large: [[UInt8]] = [], kind: FileHeader.Kind) {
    files = small
    self.small = small.compactMap { try? BlockFileParts($0, kind: kind) }
    self.large = large.compactMap { try? BlockFileParts($0, kind: kind) }
    precondition(self.small.count > 1, "too few seeds")
    precondition(self.small.contains { $0.partCount > 2 }, "no handle is found in the seeds")
  }

  func input(_ random: inout SplitMix64) -> [UInt8] {
    if random.chance(0.15) {
      var bytes = random.pick(files)
      ByteDamage.some(&bytes, &random)
      return bytes
    }
    if !large.isEmpty, random.chance(0.01) { return random.pick(large).forged(&random) }
    return random.pick(small).forged(&random)
  }
}
