import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport
import RoaringBitmap

/// Segment files, merged with a good one.
struct FuzzedMerge: FuzzedDecoder {
  struct Input {
    var bytes: [UInt8]
    /// Which rows the merge keeps, and where the damaged file stands.
    var selection: Int
    var isFirst: Bool
  }

  let seeds: BlockFileSeeds
  private let good: SegmentFile

  init(_ seeds: FuzzSeeds) throws {
    let files = seeds.files("segment-")
    self.seeds = BlockFileSeeds(small: files, kind: .segmentFile)
    good = try SegmentFile(FileBytes(files[0], name: "good"))
  }

  static let selections: [SegmentFileMerge.Selection] = {
    var part = SegmentFileMerge.Selection()
    part.times = [-1_000_000_000_000..<1_700_000_000_000]
    part.traitTimes = [0..<1_800_000_000_000]
    part.droppedUsers = [1, 70_000]
    var moving = SegmentFileMerge.Selection()
    moving.canonical = OrdinalMap([2: 0, 3: 1, 5: 66_000])
    moving.keepsEdges = false
    return [SegmentFileMerge.Selection(), part, moving]
  }()

  func input(_ random: inout SplitMix64) -> Input {
    Input(
      bytes: seeds.input(&random),
      selection: random.integer(0...FuzzedMerge.selections.count - 1),
      isFirst: random.chance(0.5))
  }

  func bytes(of input: Input) -> [UInt8] { input.bytes }

  func read(_ input: Input) throws -> Int {
    let file = try SegmentFile(FileBytes(input.bytes, name: FuzzRun.fileName))
    let merge = SegmentFileMerge(
      input.isFirst ? [file, good] : [good, file],
      FuzzedMerge.selections[input.selection], compressionLevel: 1)
    var hasher = Hasher()
    guard let bytes = try merge.encode(arrivalNumber: 9)?.joined() else { return 0 }
    hasher.combine(bytes)
    try StoredDigest.add(
      SegmentFile(FileBytes(bytes, name: FuzzRun.fileName)), to: &hasher)
    return hasher.finalize()
  }
}
