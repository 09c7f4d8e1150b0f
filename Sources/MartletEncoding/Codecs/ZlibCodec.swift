import CZlib

/// gzip members, one after the other.
@safe
final class GzipDecompression: DecompressionStep {
  // On the heap, because zlib keeps the stream's address.
  private let stream: UnsafeMutablePointer<z_stream>
  private(set) var isBetweenFrames = true

  init() {
    // Safe: the allocation lives until `deinit`; 16 + 15 asks for gzip with the largest window.
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let code = unsafe inflateInit2_(
      stream, 16 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib cannot start: out of memory")
  }

  deinit {
    // Safe: nothing else refers to the stream.
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  var expectation: String { "more of a gzip member" }

  func advance(
    _ input: [UInt8], from: Int, into output: inout [UInt8], at position: Int
  ) -> Result<(read: Int, written: Int), DecompressionFailure> {
    precondition(from <= input.count && position <= output.count)
    if isBetweenFrames && from < input.count {
      // Zeros after the last member are padding, as gzip itself has it.
      let zeros = input[from...].prefix { $0 == 0 }.count
      if zeros > 0 { return .success((zeros, 0)) }
      isBetweenFrames = false
    }
    let readMost = min(input.count - from, Int(UInt32.max))
    let writeMost = min(output.count - position, Int(UInt32.max))
    // Safe: zlib reads and writes at most the counts it is given, which lie in the buffers, and
    // the pointers are not used after the call.
    let code = unsafe input.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        unsafe stream.pointee.next_in = unsafe UnsafeMutablePointer(
          mutating: source.baseAddress.map { unsafe $0 + from })
        unsafe stream.pointee.avail_in = UInt32(readMost)
        unsafe stream.pointee.next_out = unsafe target.baseAddress.map { unsafe $0 + position }
        unsafe stream.pointee.avail_out = UInt32(writeMost)
        return unsafe inflate(stream, Z_NO_FLUSH)
      }
    }
    let progress = unsafe (
      read: readMost - Int(stream.pointee.avail_in),
      written: writeMost - Int(stream.pointee.avail_out)
    )
    switch code {
    case Z_OK, Z_BUF_ERROR: return .success(progress)
    case Z_STREAM_END:
      isBetweenFrames = true
      // Safe: the stream was initialised.
      unsafe inflateReset(stream)
      return .success(progress)
    default:
      // Safe: zlib's messages are static C strings.
      let message = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
      return .failure(DecompressionFailure(reason: message ?? "zlib error \(code)"))
    }
  }
}

/// Makes one gzip member.
@safe
final class GzipCompression: CompressionStep {
  // On the heap, because zlib keeps the stream's address.
  private let stream: UnsafeMutablePointer<z_stream>

  /// - Parameter level: 1 (fast) ... 9 (small).
  init(level: Int) {
    // Safe: as for inflate.
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let code = unsafe deflateInit2_(
      stream, Int32(max(1, min(9, level))), Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY,
      ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib cannot start: out of memory")
  }

  deinit {
    // Safe: nothing else refers to the stream.
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  func advance(
    _ input: [UInt8], from: Int, ends: Bool, into output: inout [UInt8]
  ) -> (read: Int, written: Int, isDone: Bool) {
    precondition(from <= input.count)
    let readMost = min(input.count - from, Int(UInt32.max))
    let writeMost = min(output.count, Int(UInt32.max))
    // Safe: as for inflate.
    let code = unsafe input.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        unsafe stream.pointee.next_in = unsafe UnsafeMutablePointer(
          mutating: source.baseAddress.map { unsafe $0 + from })
        unsafe stream.pointee.avail_in = UInt32(readMost)
        unsafe stream.pointee.next_out = target.baseAddress
        unsafe stream.pointee.avail_out = UInt32(writeMost)
        return unsafe deflate(stream, ends ? Z_FINISH : Z_NO_FLUSH)
      }
    }
    precondition(code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR, "deflate failed")
    let read = unsafe readMost - Int(stream.pointee.avail_in)
    let written = unsafe writeMost - Int(stream.pointee.avail_out)
    let isDone = ends ? code == Z_STREAM_END : from + read == input.count && written < writeMost
    return (read, written, isDone)
  }
}
