import CLZ4
import MartletModel

/// Raw LZ4 blocks.
enum LZ4Codec {
  /// The bytes as one block, or nil where LZ4 cannot take as many (over 2,113,929,216).
  static func compress(_ bytes: RawSpan) -> [UInt8]? {
    guard let inputCount = Int32(exactly: bytes.byteCount) else { return nil }
    let capacity = LZ4_compressBound(inputCount)
    guard capacity > 0 else { return nil }
    // Safe: LZ4 writes at most `capacity` bytes and reads `inputCount`.
    return unsafe [UInt8](unsafeUninitializedCapacity: Int(capacity)) { output, count in
      let written = unsafe bytes.withUnsafeBytes { input in
        unsafe LZ4_compress_default(
          input.baseAddress?.assumingMemoryBound(to: CChar.self),
          UnsafeMutableRawPointer(output.baseAddress)?.assumingMemoryBound(to: CChar.self),
          inputCount, capacity)
      }
      precondition(written > 0, "LZ4 with room for the bound cannot fail")
      count = Int(written)
    }
  }

  /// The content of a block, which must be exactly `byteCount` bytes.
  static func decompress(_ bytes: RawSpan, byteCount: Int) throws(MartletError) -> [UInt8] {
    guard let inputCount = Int32(exactly: bytes.byteCount),
      let outputCount = Int32(exactly: byteCount)
    else { throw MartletError(.corrupt, "an LZ4 block of \(byteCount) bytes cannot exist") }
    // Safe: LZ4_decompress_safe reads `inputCount` bytes at most and writes `outputCount` at
    // most, whatever the input.
    let result = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { output, count in
      let written = unsafe bytes.withUnsafeBytes { input in
        unsafe LZ4_decompress_safe(
          input.baseAddress?.assumingMemoryBound(to: CChar.self),
          UnsafeMutableRawPointer(output.baseAddress)?.assumingMemoryBound(to: CChar.self),
          inputCount, outputCount)
      }
      count = Int(max(0, written))
    }
    guard result.count == byteCount else {
      throw MartletError(.corrupt, "an LZ4 block does not hold the expected \(byteCount) bytes")
    }
    return result
  }
}
