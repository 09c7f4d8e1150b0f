import MartletEncoding
import Testing

@Suite struct SipHash128Tests {
  /// The first vectors of the authors' `vectors_sip128`: key 00...0f, input 00, 01, 02, ...
  @Test func theAuthorsVectors() {
    let key = SipHash128.Pair(low: 0x0706_0504_0302_0100, high: 0x0f0e_0d0c_0b0a_0908)
    let expected: [(low: UInt64, high: UInt64)] = [
      (0xe6a8_25ba_047f_81a3, 0x9302_55c7_1472_f66d),
      (0x44af_996b_d8c1_87da, 0x45fc_229b_1159_7634),
      (0xc75d_a4a4_8d22_7781, 0xe4ff_0af6_de8b_a3fc),
    ]
    for (count, hash) in expected.enumerated() {
      let bytes = (0..<UInt8(count)).map { $0 }
      let found = SipHash128.hash(bytes.rawSpan, key: key)
      #expect(found.low == hash.low && found.high == hash.high, "\(count) bytes")
    }
  }

  @Test func everyByteAndTheKeyMatter() {
    let key = SipHash128.Pair(low: 1, high: 2)
    var hashes: Set<SipHash128.Pair> = []
    let bytes = [UInt8](repeating: 7, count: 20)
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 0x80
      hashes.insert(SipHash128.hash(changed.rawSpan, key: key))
    }
    hashes.insert(SipHash128.hash(bytes.rawSpan, key: key))
    hashes.insert(SipHash128.hash(bytes.rawSpan, key: SipHash128.Pair(low: 1, high: 3)))
    hashes.insert(SipHash128.hash(bytes[1...].map { $0 }.rawSpan, key: key))
    #expect(hashes.count == bytes.count + 3)
  }
}
