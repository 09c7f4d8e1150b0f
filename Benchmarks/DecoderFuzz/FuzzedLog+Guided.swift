import MartletTestSupport

/// A log, and a byte behind it: whether it is replayed, and how many eighths of it were on the disk.
extension FuzzedLog: GuidedDecoder {
  private static let replayBit = 0x10

  var corpus: [[UInt8]] {
    seeds.flatMap { seed in [0, UInt8(FuzzedLog.replayBit)].map { seed + [$0] } }
  }

  func input(of bytes: [UInt8]) -> Input {
    let option = option(of: bytes)
    let log = Array(bytes.dropLast())
    return Input(
      bytes: log, durableByteCount: log.count * (option & 0xF) / 8,
      isReplayed: option & FuzzedLog.replayBit != 0)
  }

  func damaged(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var log = Array(bytes.dropLast())
    var frames = FuzzedLog.frames(log, number: number)
    if frames.isEmpty || random.chance(0.02) {
      ByteDamage.some(&log, &random)
    } else {
      let index = random.integer(0...frames.count - 1)
      switch random.integer(0...19) {
      case 0: frames.remove(at: index)
      case 1: frames.insert(frames[index], at: random.integer(0...frames.count))
      case 2: break
      default: FuzzedLog.damage(&frames[index], &random)
      }
      let damagesHeaders = random.chance(0.05)
      log = FuzzedLog.log(of: frames) { header in
        if damagesHeaders { FuzzedLog.damage(&header, &random) }
      }
    }
    var option = UInt8(option(of: bytes))
    if random.chance(0.1) { option = UInt8(random.pick([0, 0x10]) + random.pick([0, 1, 4, 8])) }
    return log + [option]
  }
}
