import MartletEncoding
import MartletModel
import Testing

@Suite("Blocks")
struct BlockTests {
  static let repetitive = Array(String(repeating: "the martlet never lands. ", count: 40).utf8)

  static func random(_ count: Int) -> [UInt8] {
    var generator = SeededGenerator(seed: 8)
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  @Test("What goes in comes out", arguments: Codec.allCases)
  func roundTrip(codec: Codec) throws {
    for content in [[], [7], Self.repetitive, Self.random(1000), Self.random(10) + Self.repetitive]
    {
      for level in [-5, 1, 3, 19, 100] {
        let block = Block.compress(content, codec: codec, level: level)
        #expect(try Block.decompress(block.rawSpan, limit: content.count) == content)
        #expect(block.count <= content.count + 3)
      }
    }
  }

  @Test("A block keeps its codec where that gains, else it is stored")
  func choice() {
    for codec in Codec.allCases {
      #expect(Block.compress(Self.repetitive, codec: codec)[0] == codec.rawValue)
      #expect(Block.compress(Self.random(500), codec: codec)[0] == Codec.stored.rawValue)
    }
  }

  @Test("The stated size is checked against the limit, then against the content")
  func sizes() {
    for codec in Codec.allCases {
      let block = Block.compress(Self.repetitive, codec: codec)
      let tooSmall = error(of: { _ = try Block.decompress(block.rawSpan, limit: 999) })
      #expect(tooSmall?.reason == "a count is 1000, but at most 999 is possible")
      // 1000 is e807; one less and one more are lies.
      for lie: UInt8 in [0xE7, 0xE9] {
        var changed = block
        changed[1] = lie
        let error = error(of: { _ = try Block.decompress(changed.rawSpan, limit: 1 << 20) })
        #expect(error?.code == .corrupt, "\(codec), \(lie)")
      }
    }
  }

  @Test("Damage is found, or harmless", arguments: Codec.allCases)
  func damage(codec: Codec) {
    for content in [[], [7], Self.repetitive, Self.random(60)] {
      let block = Block.compress(content, codec: codec)
      expectDamageIsHarmless(block, "\(codec)") { damaged in
        let decoded = try Block.decompress(damaged.rawSpan, limit: 4096)
        #expect(decoded.count <= 4096)
      }
    }
  }

  @Test("The bytes are as specified")
  func golden() {
    #expect(hex(Block.compress(Array("abc".utf8), codec: .zstd)) == "0003616263")
    let zeros = [UInt8](repeating: 0, count: 64)
    #expect(hex(Block.compress(zeros, codec: .lz4)) == "02401f00010027500000000000")
    #expect(hex(Block.compress([], codec: .lz4)) == "0000")
  }

  @Test("Many threads compress and decompress at once")
  func threads() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for seed in 0..<8 {
        group.addTask {
          let content = Array(Self.repetitive[seed...])
          for _ in 0..<50 {
            let block = Block.compress(content, codec: .zstd, level: 1 + seed % 3)
            let decoded = try Block.decompress(block.rawSpan, limit: 1000)
            #expect(decoded == content)
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
