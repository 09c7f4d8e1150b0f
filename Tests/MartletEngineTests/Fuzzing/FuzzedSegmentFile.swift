import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport

/// Segment files: opened, and all of them read.
struct FuzzedSegmentFile: FuzzedDecoder {
  let seeds: BlockFileSeeds

  init(_ seeds: FuzzSeeds) throws {
    self.seeds = BlockFileSeeds(small: seeds.files("segment-"), kind: .segmentFile)
  }

  func input(_ random: inout SplitMix64) -> [UInt8] { seeds.input(&random) }

  func bytes(of input: [UInt8]) -> [UInt8] { input }

  func read(_ input: [UInt8]) throws -> Int {
    var hasher = Hasher()
    try StoredDigest.add(
      SegmentFile(FileBytes(input, name: FuzzRun.fileName)), to: &hasher)
    return hasher.finalize()
  }
}
