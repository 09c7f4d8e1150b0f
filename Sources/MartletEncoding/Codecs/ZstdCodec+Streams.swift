import CZstd

/// zstd frames, one after the other.
@safe
final class ZstdDecompression: DecompressionStep {
  private let context: OpaquePointer
  private(set) var isBetweenFrames = true

  init() {
    guard let context = unsafe ZSTD_createDCtx() else {
      preconditionFailure("zstd cannot start: out of memory")
    }
    unsafe self.context = context
  }

  deinit { unsafe ZSTD_freeDCtx(context) }

  var expectation: String { "more of a zstd frame" }

  func advance(
    _ input: [UInt8], from: Int, into output: inout [UInt8], at position: Int
  ) -> Result<(read: Int, written: Int), DecompressionFailure> {
    precondition(from <= input.count && position <= output.count)
    if isBetweenFrames && from == input.count { return .success((0, 0)) }
    var (read, written, outcome) = (0, 0, 0)
    // Safe: zstd reads and writes within the sizes given, which are the buffers', and keeps no
    // pointer.
    unsafe input.withUnsafeBytes { source in
      unsafe output.withUnsafeMutableBytes { target in
        var from = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: from)
        var to = unsafe ZSTD_outBuffer(
          dst: target.baseAddress, size: target.count, pos: position)
        (read, written) = unsafe (from.pos, to.pos)
        outcome = unsafe ZSTD_decompressStream(context, &to, &from)
        (read, written) = unsafe (from.pos - read, to.pos - written)
      }
    }
    guard ZSTD_isError(outcome) == 0 else {
      // Safe: the name is a static C string.
      let name = unsafe String(cString: ZSTD_getErrorName(outcome))
      return .failure(DecompressionFailure(reason: name))
    }
    isBetweenFrames = outcome == 0
    return .success((read, written))
  }
}

/// Makes one zstd frame, with a checksum.
@safe
final class ZstdCompression: CompressionStep {
  private let context: OpaquePointer

  /// - Parameter level: 1 (fast) ... 19 (small).
  init(level: Int) {
    guard let context = unsafe ZSTD_createCCtx() else {
      preconditionFailure("zstd cannot start: out of memory")
    }
    unsafe self.context = context
    // Safe: the context is valid; both values are in the parameters' ranges.
    unsafe ZSTD_CCtx_setParameter(
      context, ZSTD_c_compressionLevel, Int32(max(1, min(19, level))))
    unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
  }

  deinit { unsafe ZSTD_freeCCtx(context) }

  func advance(
    _ input: [UInt8], from: Int, ends: Bool, into output: inout [UInt8]
  ) -> (read: Int, written: Int, isDone: Bool) {
    var (read, written, outcome) = (0, 0, 0)
    // Safe: as for decompression.
    unsafe input.withUnsafeBytes { source in
      unsafe output.withUnsafeMutableBytes { target in
        var rest = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: from)
        var to = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
        outcome = unsafe ZSTD_compressStream2(
          context, &to, &rest, ends ? ZSTD_e_end : ZSTD_e_continue)
        (read, written) = unsafe (rest.pos - from, to.pos)
      }
    }
    precondition(ZSTD_isError(outcome) == 0, "zstd cannot compress: out of memory")
    return (read, written, ends ? outcome == 0 : from + read == input.count)
  }
}
