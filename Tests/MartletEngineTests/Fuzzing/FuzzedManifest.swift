import MartletEncoding
import MartletModel
import MartletSegmentFile
import MartletTestSupport

@testable import MartletEngine

/// Manifests; what is read is written and read again too.
struct FuzzedManifest: FuzzedDecoder {
  let seeds: [[UInt8]]
  static let payloadOffset = FileHeader.byteCount + 8

  init(_ seeds: FuzzSeeds) throws {
    self.seeds = seeds.files("manifest")
    precondition(self.seeds.count > 2)
  }

  func input(_ random: inout SplitMix64) -> [UInt8] {
    var bytes = random.pick(seeds)
    if random.chance(0.85) { return withDamagedPayload(bytes, &random) }
    ByteDamage.some(&bytes, &random)
    return bytes
  }

  /// The manifest with another payload and the right checksum.
  func withDamagedPayload(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var payload = Array(bytes[Self.payloadOffset...])
    ByteDamage.some(&payload, &random)
    var writer = ByteWriter()
    writer.writeBytes(Array(bytes[..<FileHeader.byteCount]))
    writer.writeUInt32(UInt32(payload.count))
    writer.writeUInt32(CRC32C.checksum(payload))
    writer.writeBytes(payload)
    return writer.bytes
  }

  /// The manifest where a file has another length.
  func with(byteCount: Int, of name: String, _ bytes: [UInt8]) -> [UInt8] {
    guard var manifest = try? Manifest(bytes, file: "seed") else {
      preconditionFailure("the seed is no manifest")
    }
    let number = UInt64(name.filter(\.isNumber)) ?? 0
    func change(_ files: inout [Manifest.File]) {
      for index in files.indices where files[index].number == number {
        files[index].byteCount = UInt64(byteCount)
      }
    }
    change(&manifest.segmentFiles)
    change(&manifest.userFiles)
    return manifest.encoded()
  }

  func bytes(of input: [UInt8]) -> [UInt8] { input }

  func read(_ input: [UInt8]) throws -> Int {
    let manifest = try Manifest(input, file: FuzzRun.fileName)
    let again = try Manifest(manifest.encoded(), file: "written again")
    guard again == manifest else { throw Disagreement(what: "written again it differs") }
    return manifest.hashValue
  }
}
