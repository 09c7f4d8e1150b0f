import MartletEncoding
import MartletTestSupport

extension BlockFileSeeds {
  /// A file of blocks with a few changes more.
  static func damaged(
    _ file: [UInt8], _ kind: FileHeader.Kind, _ random: inout SplitMix64
  ) -> [UInt8] {
    if random.chance(0.98), let parts = try? BlockFileParts(file, kind: kind) {
      return parts.forged(&random, isRewritten: true)
    }
    var damaged = file
    ByteDamage.some(&damaged, &random)
    return damaged
  }
}

extension FuzzedUserFile: GuidedDecoder {
  var corpus: [[UInt8]] { seeds.files }

  func input(of bytes: [UInt8]) -> [UInt8] { bytes }

  func damaged(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    BlockFileSeeds.damaged(bytes, .userFile, &random)
  }
}

extension FuzzedSegmentFile: GuidedDecoder {
  var corpus: [[UInt8]] { seeds.files }

  func input(of bytes: [UInt8]) -> [UInt8] { bytes }

  func damaged(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    BlockFileSeeds.damaged(bytes, .segmentFile, &random)
  }
}

/// A segment file, and a byte behind it: what the merge keeps, and the place of the file in it.
extension FuzzedMerge: GuidedDecoder {
  var corpus: [[UInt8]] {
    seeds.files.flatMap { file in (0..<6).map { file + [$0] } }
  }

  func input(of bytes: [UInt8]) -> Input {
    let option = option(of: bytes)
    return Input(
      bytes: Array(bytes.dropLast()), selection: option / 2 % FuzzedMerge.selections.count,
      isFirst: option % 2 == 0)
  }

  func damaged(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    let file = BlockFileSeeds.damaged(Array(bytes.dropLast()), .segmentFile, &random)
    let option = random.chance(0.1) ? random.integer(0...5) : option(of: bytes)
    return file + [UInt8(option)]
  }
}
