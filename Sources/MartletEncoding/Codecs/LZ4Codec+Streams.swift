import CLZ4

/// LZ4 frames, one after the other.
@safe
final class LZ4Decompression: DecompressionStep {
  private let context: OpaquePointer
  private(set) var isBetweenFrames = true

  init() {
    var created: OpaquePointer?
    // Safe: LZ4 stores the new context's address in the variable.
    let code = unsafe LZ4F_createDecompressionContext(&created, UInt32(LZ4F_VERSION))
    guard LZ4F_isError(code) == 0, let context = unsafe created else {
      preconditionFailure("LZ4 cannot start: out of memory")
    }
    unsafe self.context = context
  }

  deinit { unsafe LZ4F_freeDecompressionContext(context) }

  var expectation: String { "more of an LZ4 frame" }

  func advance(
    _ input: [UInt8], from: Int, into output: inout [UInt8], at position: Int
  ) -> Result<(read: Int, written: Int), DecompressionFailure> {
    precondition(from <= input.count && position <= output.count)
    if isBetweenFrames && from == input.count { return .success((0, 0)) }
    var (read, written, outcome) = (input.count - from, output.count - position, 0)
    // Safe: LZ4 reads and writes at most the two counts, which lie in the buffers.
    unsafe input.withUnsafeBytes { source in
      unsafe output.withUnsafeMutableBytes { target in
        outcome = unsafe LZ4F_decompress(
          context, target.baseAddress.map { unsafe $0 + position }, &written,
          source.baseAddress.map { unsafe $0 + from }, &read, nil)
      }
    }
    guard LZ4F_isError(outcome) == 0 else {
      // Safe: the name is a static C string.
      let name = unsafe String(cString: LZ4F_getErrorName(outcome))
      return .failure(DecompressionFailure(reason: name))
    }
    isBetweenFrames = outcome == 0
    return .success((read, written))
  }
}

/// Makes one LZ4 frame, with a checksum.
@safe
final class LZ4Compression: CompressionStep {
  /// Input of one call, so that the worst case of its output is known.
  private static let pieceByteCount = 1 << 15

  private let context: OpaquePointer
  private var preferences = LZ4F_preferences_t()
  private var hasBegun = false

  /// - Parameter level: 1 (fast) ... 12 (small).
  init(level: Int) {
    var created: OpaquePointer?
    // Safe: LZ4 stores the new context's address in the variable.
    let code = unsafe LZ4F_createCompressionContext(&created, UInt32(LZ4F_VERSION))
    guard LZ4F_isError(code) == 0, let context = unsafe created else {
      preconditionFailure("LZ4 cannot start: out of memory")
    }
    unsafe self.context = context
    preferences.compressionLevel = Int32(max(1, min(12, level)))
    preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled
    preferences.frameInfo.blockSizeID = LZ4F_max64KB
  }

  deinit { unsafe LZ4F_freeCompressionContext(context) }

  func advance(
    _ input: [UInt8], from: Int, ends: Bool, into output: inout [UInt8]
  ) -> (read: Int, written: Int, isDone: Bool) {
    let piece = input[from..<min(input.count, from + Self.pieceByteCount)]
    let isLast = piece.endIndex == input.count
    // Safe: reads only the preferences.
    let bound = unsafe LZ4F_compressBound(piece.count, &preferences)
    // Header, piece, and end each at their worst.
    var room = [UInt8](repeating: 0, count: 64 + 2 * bound)
    var written = 0
    // Safe: each call is told how much of the room is left, and the piece's own count.
    unsafe room.withUnsafeMutableBytes { target in
      func rest() -> UnsafeMutableRawPointer? {
        unsafe target.baseAddress.map { unsafe $0 + written }
      }
      if !hasBegun {
        hasBegun = true
        written += checked(unsafe LZ4F_compressBegin(context, rest(), target.count, &preferences))
      }
      unsafe piece.withUnsafeBytes { source in
        written += checked(
          unsafe LZ4F_compressUpdate(
            context, rest(), target.count - written, source.baseAddress, source.count, nil))
      }
      if ends && isLast {
        written += checked(unsafe LZ4F_compressEnd(context, rest(), target.count - written, nil))
      }
    }
    room.removeLast(room.count - written)
    output = room
    return (piece.count, written, isLast)
  }

  private func checked(_ outcome: Int) -> Int {
    precondition(LZ4F_isError(outcome) == 0, "LZ4 with room for the bound cannot fail")
    return outcome
  }
}
