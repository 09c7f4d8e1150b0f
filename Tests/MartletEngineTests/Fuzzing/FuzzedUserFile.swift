import MartletEncoding
import MartletFiles
import MartletModel
import MartletSegmentFile
import MartletTestSupport

@testable import MartletEngine

/// User files: opened, and all of them read.
struct FuzzedUserFile: FuzzedDecoder {
  let seeds: BlockFileSeeds

  init(_ seeds: FuzzSeeds) throws {
    let shaped = PageShapes.all.map { FuzzedUserFile.file(firstSeen: $0) }
    let large = (0..<SegmentFileFormat.pageValueCount + 3).map { Int64($0 % 100) }
    self.seeds = BlockFileSeeds(
      small: seeds.files("users-") + shaped, large: [FuzzedUserFile.file(firstSeen: large)],
      kind: .userFile)
  }

  private static func file(firstSeen: [Int64]) -> [UInt8] {
    var (arena, ranges): ([UInt8], [Range<Int>]) = ([], [])
    for number in firstSeen.indices {
      let id = Array("u\(number)".utf8)
      ranges.append(arena.count..<arena.count + id.count)
      arena += id
    }
    return UserFile.encode(
      firstOrdinal: 0, arena: arena, ranges: ranges, firstSeen: firstSeen, compressionLevel: 1
    ).joined()
  }

  func input(_ random: inout SplitMix64) -> [UInt8] { seeds.input(&random) }

  func bytes(of input: [UInt8]) -> [UInt8] { input }

  func read(_ input: [UInt8]) throws -> Int {
    let file = try UserFile(FileBytes(input, name: FuzzRun.fileName))
    var hasher = Hasher()
    try StoredDigest.add(file, to: &hasher)
    if file.firstOrdinal == 0 { try StoredDigest.add(usersOf: file, to: &hasher) }
    return hasher.finalize()
  }
}
