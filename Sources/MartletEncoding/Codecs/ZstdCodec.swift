import CZstd
import MartletModel
import Synchronization

/// zstd frames, compressed and decompressed in one call each, with pooled contexts.
enum ZstdCodec {
  /// How hard to look for repetition.
  enum Effort: Equatable {
    /// Not at all: entropy coding of single bytes only. On packed values without repeated
    /// sequences this is smaller than what the levels find, and several times as fast.
    case entropyOnly
    /// zstd's level, 1 (fast) ... 19 (small); values outside are clamped.
    case level(Int)

    /// The fastest that finds the same kind of repetition.
    var forSample: Effort { self == .entropyOnly ? self : .level(1) }
  }

  /// The bytes as one frame that states its content size, without a checksum.
  static func compress(_ bytes: RawSpan, _ effort: Effort) -> [UInt8] {
    let context = unsafe compressors.take { unsafe ZSTD_createCCtx() }
    defer { compressors.give(context) }
    unsafe configure(context.pointer, effort)
    let capacity = ZSTD_compressBound(bytes.byteCount)
    // Safe: zstd writes at most `capacity` bytes of the output, reads `count` bytes of the input,
    // and keeps neither pointer; the context is ours alone until it is given back.
    return unsafe [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
      count = unsafe bytes.withUnsafeBytes { input in
        unsafe ZSTD_compress2(
          context.pointer, output.baseAddress, output.count, input.baseAddress, input.count)
      }
      // With room for the bound, only memory exhaustion is left as a reason to fail.
      precondition(ZSTD_isError(count) == 0, "zstd cannot compress: out of memory")
    }
  }

  private static func configure(_ context: OpaquePointer, _ effort: Effort) {
    // Safe: the context is valid; every value is in its parameter's range.
    unsafe ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters)
    switch effort {
    case .level(let level):
      unsafe ZSTD_CCtx_setParameter(
        context, ZSTD_c_compressionLevel, Int32(max(1, min(19, level))))
    case .entropyOnly:
      // The fast strategy in steps so long that it finds nothing, with literals compressed all
      // the same (zstd.h: "literalCompressionMode", 1 enables it).
      unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 1)
      unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_targetLength, 4096)
      unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_experimentalParam5, 1)
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
