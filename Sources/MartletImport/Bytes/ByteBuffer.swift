/// A growable run of bytes that may be read and written a little past its end.
///
/// The scanners work on whole 8-byte words. So that no word needs a bounds check of its own, every
/// buffer has `ByteWindow.paddingByteCount` spare bytes after its capacity.
///
/// The module's unsafe code lies in `ByteBuffer`, `ByteWindow`, `PlainArray` and
/// `FileDescriptorInput`.
// Sendable: the memory belongs to this one value, which cannot be copied.
@safe
struct ByteBuffer: ~Copyable, @unchecked Sendable {
  private var base: UnsafeMutablePointer<UInt8>
  private(set) var capacity: Int
  /// Bytes in use.
  private(set) var count = 0

  init(capacity: Int = 0) {
    self.capacity = capacity
    // Safe: freshly allocated, freed once in `deinit`; every byte is initialized here.
    unsafe base = .allocate(capacity: capacity + ByteWindow.paddingByteCount)
    unsafe base.initialize(repeating: 0, count: capacity + ByteWindow.paddingByteCount)
  }

  deinit {
    // Safe: `base` was allocated by this value, which is not copyable, so nothing else frees it.
    unsafe base.deallocate()
  }

  /// A view of the bytes; it must not be used after the buffer grows or ends.
  var window: ByteWindow {
    // Safe: `base` is readable for `count` bytes and the padding, as `ByteWindow` requires.
    unsafe ByteWindow(base: base, count: count)
  }

  /// Makes room for `total` bytes.
  mutating func reserve(_ total: Int) {
    if total > capacity { grow(to: max(total, 2 * capacity)) }
  }

  @inline(never)
  private mutating func grow(to newCapacity: Int) {
    let byteCount = newCapacity + ByteWindow.paddingByteCount
    // Safe: the new block holds at least the `count` bytes copied into it; the old one is freed
    // once, and `base` no longer points to it.
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: byteCount)
    unsafe grown.update(from: base, count: count)
    unsafe (grown + count).initialize(repeating: 0, count: byteCount - count)
    unsafe base.deallocate()
    unsafe base = grown
    capacity = newCapacity
  }

  /// Forgets the bytes from `newCount` on, or takes bytes written past the end into use.
  @inline(__always)
  mutating func setCount(_ newCount: Int) {
    assert(newCount >= 0 && newCount <= capacity)
    count = newCount
  }

  /// Writes eight bytes, little-endian; `offset` must lie within the capacity.
  @inline(__always)
  func store(_ word: UInt64, at offset: Int) {
    assert(offset >= 0 && offset <= capacity)
    // Safe: `offset` is at most `capacity`, and the block has 64 spare bytes after that. Callers
    // reserve once per chunk: what they decode is never longer than what they read.
    unsafe UnsafeMutableRawPointer(base + offset).storeBytes(
      of: word.littleEndian, as: UInt64.self)
  }

  /// Writes one byte; `offset` must lie within the capacity.
  @inline(__always)
  func store(_ byte: UInt8, at offset: Int) {
    assert(offset >= 0 && offset <= capacity)
    // Safe: as in `store(_: UInt64, at:)`.
    unsafe base[offset] = byte
  }

  /// Appends a part of a window.
  mutating func append(_ window: ByteWindow, _ range: Range<Int>) {
    reserve(count + range.count)
    unsafe window.withBytes(of: range) { source in
      guard let from = source.baseAddress else { return }
      // Safe: `reserve` made room; the source is another buffer's memory, or this one's below
      // `count`, which the destination does not overlap.
      unsafe (base + count).update(from: from, count: source.count)
    }
    count += range.count
  }

  /// Appends bytes.
  mutating func append(_ bytes: Span<UInt8>) {
    reserve(count + bytes.count)
    unsafe bytes.withUnsafeBufferPointer { source in
      guard let from = source.baseAddress else { return }
      // Safe: `reserve` made room for all of them; a span never aliases this private block.
      unsafe (base + count).update(from: from, count: source.count)
    }
    count += bytes.count
  }

  /// Appends bytes.
  mutating func append(_ bytes: [UInt8]) { append(bytes.span) }

  /// Appends one byte.
  mutating func append(_ byte: UInt8) {
    reserve(count + 1)
    store(byte, at: count)
    count += 1
  }

  /// Appends what `body` writes into `spare` bytes behind the last; it returns how many those are.
  @unsafe
  mutating func append<Failure: Error>(
    upTo spare: Int, _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    reserve(count + spare)
    // Safe: `reserve` made room for `spare` bytes, which are initialized.
    let room = unsafe UnsafeMutableRawBufferPointer(start: base + count, count: spare)
    let written = try unsafe body(room)
    precondition(written >= 0 && written <= spare)
    count += written
    return written
  }

  /// Puts `byte` behind the last byte without counting it, and zeros behind that: the sentinel at
  /// which the scanners stop.
  mutating func seal(with byte: UInt8) {
    // Safe: the block has `paddingByteCount` bytes from `count` on, as `count <= capacity`.
    unsafe (base + count).update(repeating: 0, count: ByteWindow.paddingByteCount)
    unsafe base[count] = byte
  }

  /// Drops the first `dropped` bytes, moving the others down.
  /// - Complexity: O(bytes kept)
  mutating func removeFirst(_ dropped: Int) {
    precondition(dropped >= 0 && dropped <= count)
    // Safe: both ranges lie within `count`; `update` allows overlap.
    unsafe base.update(from: base + dropped, count: count - dropped)
    count -= dropped
  }
}
