import MartletEncoding
import MartletModel
import Testing

@Suite("Streams")
struct StreamTests {
  static let text: [UInt8] = {
    var generator = SeededGenerator(seed: 21)
    var text: [UInt8] = []
    while text.count < 300_000 {
      text.append(
        contentsOf: "{\"user\":\"u\(Int.random(in: 0..<5000, using: &generator))\"}\n".utf8)
    }
    return text
  }()

  static func compress(_ content: [UInt8], _ format: StreamFormat, piece: Int = 50_000) -> [UInt8] {
    let compressor = StreamCompressor(format: format)
    var result: [UInt8] = []
    for start in stride(from: 0, to: content.count, by: piece) {
      result += compressor.write(Array(content[start..<min(content.count, start + piece)]))
    }
    return result + compressor.finish()
  }

  static func decompress(
    _ compressed: [UInt8], _ format: StreamFormat, chunk: Int = 4096, target: Int = 65_536
  ) throws -> [UInt8] {
    var position = 0
    let decompressor = StreamDecompressor(format: format) {
      guard position < compressed.count else { return nil }
      let end = min(compressed.count, position + chunk)
      defer { position = end }
      return Array(compressed[position..<end])
    }
    var result: [UInt8] = []
    while let chunk = try decompressor.nextChunk(targetByteCount: target) {
      #expect(!chunk.isEmpty && chunk.count <= target)
      result += chunk
    }
    #expect(try decompressor.nextChunk(targetByteCount: target) == nil)
    return result
  }

  @Test("What goes in comes out, in pieces of any size", arguments: StreamFormat.allCases)
  func roundTrip(format: StreamFormat) throws {
    for piece in [1 << 20, 50_000, 32_768] {
      let compressed = Self.compress(Self.text, format, piece: piece)
      #expect(StreamFormat.detect(Array(compressed.prefix(4))) == format)
      #expect(format == .plain || compressed.count < Self.text.count / 2)
      for (chunk, target) in [(4096, 65_536), (1 << 20, 1 << 20), (100, 7777), (65_536, 4096)] {
        #expect(try Self.decompress(compressed, format, chunk: chunk, target: target) == Self.text)
      }
    }
    let small = Array(Self.text[..<500])
    let compressed = Self.compress(small, format, piece: 3)
    #expect(try Self.decompress(compressed, format, chunk: 1, target: 1) == small)
    #expect(try Self.decompress(Self.compress([], format), format) == [])
    #expect(try Self.decompress([], format) == [])
  }

  @Test("Members and frames one after the other are one stream", arguments: StreamFormat.allCases)
  func concatenated(format: StreamFormat) throws {
    let parts = [Array(Self.text[..<1000]), [], Array(Self.text[1000..<90_000])]
    let compressed = parts.flatMap { Self.compress($0, format) }
    for chunk in [1, 97, 1 << 20] {
      #expect(try Self.decompress(compressed, format, chunk: chunk) == parts.flatMap { $0 })
    }
  }

  @Test(
    "A truncated stream is an error that says where", arguments: [StreamFormat.gzip, .zstd, .lz4])
  func truncated(format: StreamFormat) {
    let compressed = Self.compress(Array(Self.text[..<3000]), format)
    for count in 1..<compressed.count {
      let error = error(of: { _ = try Self.decompress(Array(compressed[..<count]), format) })
      #expect(error?.code == .badData, "\(count) of \(compressed.count) bytes")
      #expect(error?.place == "compressed byte \(count)")
      #expect(error?.reason == "the \(format.rawValue) stream is cut off")
    }
  }

  @Test(
    "A flipped bit is found by the stream's checksum", arguments: [StreamFormat.gzip, .zstd, .lz4])
  func damaged(format: StreamFormat) throws {
    let content = Array(Self.text[..<2000])
    let compressed = Self.compress(content, format)
    for bit in stride(from: 0, to: compressed.count * 8, by: 3) {
      var damaged = compressed
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      do {
        let decoded = try Self.decompress(damaged, format)
        // Time stamp, operating system and other flags of a header may change unnoticed.
        #expect(decoded == content || decoded.isEmpty, "bit \(bit)")
      } catch let error as MartletError {
        #expect(error.code == .badData, "bit \(bit)")
      }
    }
  }

  @Test("Bytes after a stream that are none are an error; zeros after gzip are padding")
  func trailing() throws {
    for format in [StreamFormat.gzip, .zstd, .lz4] {
      let compressed = Self.compress(Array(Self.text[..<100]), format) + Array("garbage".utf8)
      let error = error(of: { _ = try Self.decompress(compressed, format) })
      #expect(error?.code == .badData)
    }
    let padded = Self.compress(Self.text, .gzip) + [UInt8](repeating: 0, count: 512)
    #expect(try Self.decompress(padded, .gzip) == Self.text)
  }

  @Test("What the source throws comes through")
  func sourceError() {
    let decompressor = StreamDecompressor(format: .gzip) { throw MartletError(.io, "unplugged") }
    #expect(throws: MartletError(.io, "unplugged")) {
      try decompressor.nextChunk(targetByteCount: 10)
    }
  }
}
