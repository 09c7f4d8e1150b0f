import CZstd
import MartletModel
import Synchronization

/// zstd frames, compressed and decompressed in one call each, with pooled contexts.
enum ZstdCodec {
  /// The bytes as one frame that states its content size, without a checksum.
  /// - Parameter level: 1 (fast) ... 19 (small); values outside are clamped.
  static func compress(_ bytes: RawSpan, level: Int) -> [UInt8] {
    let context = unsafe compressors.take { unsafe ZSTD_createCCtx() }
    defer { compressors.give(context) }
    let capacity = ZSTD_compressBound(bytes.byteCount)
    // Safe: zstd writes at most `capacity` bytes of the output, reads `count` bytes of the input,
    // and keeps neither pointer; the context is ours alone until it is given back.
    return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
      count = unsafe bytes.withUnsafeBytes { input in
        unsafe ZSTD_compressCCtx(
          context.pointer, output.baseAddress, output.count, input.baseAddress, input.count,
          Int32(max(1, min(19, level))))
      }
      // With room for the bound, only memory exhaustion is left as a reason to fail.
      precondition(ZSTD_isError(count) == 0, "zstd cannot compress: out of memory")
    }
  }

  /// The content of a frame that must state and hold exactly `byteCount` bytes.
  static func decompress(_ bytes: RawSpan, byteCount: Int) throws(MartletError) -> [UInt8] {
    // Safe: reads `count` bytes of the buffer at most, within the closure.
    let stated = unsafe bytes.withUnsafeBytes { input in
      unsafe ZSTD_getFrameContentSize(input.baseAddress, input.count)
    }
    guard stated == UInt64(byteCount) else {
      throw MartletError(
        .corrupt, "a zstd frame does not state the expected content size of \(byteCount) bytes")
    }
    let context = unsafe decompressors.take { unsafe ZSTD_createDCtx() }
    defer { decompressors.give(context) }
    var outcome = 0
    // Safe: zstd writes at most `byteCount` bytes of the output, reads `count` bytes of the
    // input, and keeps neither pointer; the context is ours alone until it is given back.
    let result = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { output, count in
      outcome = unsafe bytes.withUnsafeBytes { input in
        unsafe ZSTD_decompressDCtx(
          context.pointer, output.baseAddress, byteCount, input.baseAddress, input.count)
      }
      count = ZSTD_isError(outcome) == 0 ? outcome : 0
    }
    guard ZSTD_isError(outcome) == 0 else {
      // Safe: the name is a static C string.
      let name = unsafe String(cString: ZSTD_getErrorName(outcome))
      throw MartletError(.corrupt, "a zstd frame is damaged: \(name)")
    }
    guard result.count == byteCount else {
      throw MartletError(
        .corrupt, "a zstd frame holds \(result.count) bytes, not \(byteCount)")
    }
    return result
  }

  private static let compressors = ContextPool()
  private static let decompressors = ContextPool()

  /// A context that one thread uses at a time.
  // Safe to send: it is owned by one taker or by the pool, never by two threads at once.
  @safe struct Context: @unchecked Sendable { let pointer: OpaquePointer }

  /// Idle contexts. Their number never exceeds the most that were in use at once.
  private final class ContextPool: Sendable {
    private let idle = Mutex<[Context]>([])

    func take(orMake make: () -> OpaquePointer?) -> Context {
      if let context = idle.withLock({ $0.popLast() }) { return context }
      guard let pointer = unsafe make() else { preconditionFailure("zstd: out of memory") }
      return unsafe Context(pointer: pointer)
    }

    func give(_ context: Context) { idle.withLock { $0.append(context) } }
  }
}
