import CMartletKernels
import MartletEncoding
import Testing

@Suite("CRC-32C")
struct CRC32CTests {
  @Test("The published check values (RFC 3720, B.4)")
  func known() {
    #expect(CRC32C.checksum([]) == 0)
    #expect(CRC32C.checksum(Array("123456789".utf8)) == 0xE306_9283)
    #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CRC32C.checksum([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(CRC32C.checksum(Array(0..<32)) == 0x46DD_794E)
    #expect(CRC32C.checksum(Array((0..<32).reversed())) == 0x113F_DB5C)
  }

  @Test("The CPU's instruction and the table agree, for every length and alignment")
  func portable() {
    var generator = SeededGenerator(seed: 5)
    let data = (0..<10_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    for count in Array(0...70) + [1023, 3071, 3072, 3073, 6144, 6150, 9990] {
      for start in 0..<8 {
        let part = Array(data[start..<start + count])
        // Safe: the callee reads `count` bytes.
        let portable = unsafe martlet_crc32c_portable(part, count)
        #expect(CRC32C.checksum(part) == portable, "\(count) bytes from \(start)")
      }
    }
  }
}
