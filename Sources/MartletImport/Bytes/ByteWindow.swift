/// A read-only view of a sealed `ByteBuffer`: `count` bytes, and padding that may be read too.
///
/// A window is used only while its buffer is alive and unchanged: parsers set theirs at the start
/// of a chunk and read it no later than the chunk's end.
@safe
struct ByteWindow {
  /// Bytes that may be read from `count` on.
  static let paddingByteCount = 64

  private let base: UnsafePointer<UInt8>
  let count: Int

  /// - Precondition: `base` is readable for `count + paddingByteCount` bytes.
  @unsafe
  init(base: UnsafePointer<UInt8>, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  /// The byte at an offset up to the end of the padding.
  @inline(__always)
  subscript(offset: Int) -> UInt8 {
    assert(offset >= 0 && offset < count + ByteWindow.paddingByteCount)
    // Safe: scanners stop at the sentinel at `count` (`ByteBuffer.seal`), so no offset passes the
    // padding: they advance only over bytes that they have seen not to be the sentinel.
    return unsafe base[offset]
  }

  /// The eight bytes from an offset on, the first in the low bits.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    assert(offset >= 0 && offset + 8 <= count + ByteWindow.paddingByteCount)
    // Safe: as above; a word that starts at or before the sentinel ends within the padding.
    let raw = unsafe UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self)
    return UInt64(littleEndian: raw)
  }

  /// The first bytes as a window of their own; what follows them takes the padding's place.
  func prefix(_ byteCount: Int) -> ByteWindow {
    precondition(byteCount >= 0 && byteCount <= count)
    // Safe: fewer bytes of memory that stays readable to the same end.
    return unsafe ByteWindow(base: base, count: byteCount)
  }

  /// Calls `body` with the bytes of a range.
  @unsafe
  func withBytes<Result>(
    of range: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    // Safe: the range lies within `count`.
    return unsafe body(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
  }

  /// A copy of the bytes of a range.
  func bytes(_ range: Range<Int>) -> [UInt8] {
    // Safe: the buffer pointer does not leave the closure.
    unsafe withBytes(of: range) { unsafe Array($0) }
  }

  /// Appends the bytes of a range to an array.
  func append(_ range: Range<Int>, to bytes: inout [UInt8]) {
    // Safe: the buffer pointer does not leave the closure.
    unsafe withBytes(of: range) { unsafe bytes.append(contentsOf: $0) }
  }
}
