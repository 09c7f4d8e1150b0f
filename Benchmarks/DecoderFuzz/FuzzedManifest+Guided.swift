import MartletTestSupport

extension FuzzedManifest: GuidedDecoder {
  var corpus: [[UInt8]] { seeds }

  func input(of bytes: [UInt8]) -> [UInt8] { bytes }

  func damaged(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    if bytes.count > FuzzedManifest.payloadOffset, random.chance(0.98) {
      return withDamagedPayload(bytes, &random)
    }
    var damaged = bytes
    ByteDamage.some(&damaged, &random)
    return damaged
  }
}
