#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Memory that never changes: a mapped file, or a copy of bytes.
// Safe to send: the memory is never written after `init`, and freed by the last reference.
@safe
final class MappedMemory: @unchecked Sendable {
  private enum Kind { case mapped, allocated }

  private let start: UnsafeMutableRawPointer?
  private let kind: Kind
  let byteCount: Int

  /// Maps the first `byteCount` bytes of an open file, or returns nil with `errno` set.
  /// The descriptor may be closed afterwards.
  init?(descriptor: Int32, byteCount: Int) {
    kind = .mapped
    self.byteCount = byteCount
    guard byteCount > 0 else {
      // An empty mapping is an error to the kernel and needless here.
      unsafe start = nil
      return
    }
    // Safe: the kernel chooses an unused address range, so no live object is touched.
    let address = unsafe mmap(nil, byteCount, PROT_READ, MAP_SHARED, descriptor, 0)
    guard unsafe address != MAP_FAILED else { return nil }
    unsafe start = address
  }

  init(copying content: FileContent) {
    kind = .allocated
    byteCount = content.byteCount
    let allocation = UnsafeMutableRawBufferPointer.allocate(
      byteCount: content.byteCount, alignment: 64)
    var offset = 0
    for piece in content.pieces {
      // Safe: the buffer's subscript traps unless the piece lies within the allocation.
      unsafe UnsafeMutableRawBufferPointer(rebasing: allocation[offset..<offset + piece.count])
        .copyBytes(from: piece)
      offset += piece.count
    }
    unsafe start = allocation.baseAddress
  }

  deinit {
    guard let start = unsafe start else { return }
    // Safe: this is the last reference, and spans cannot outlive one.
    switch kind {
    case .mapped: unsafe munmap(start, byteCount)
    case .allocated: unsafe start.deallocate()
    }
  }

  var bytes: RawSpan {
    @_lifetime(borrow self)
    get {
      // Safe: the memory has `byteCount` bytes and lives as long as `self` is borrowed.
      let buffer = unsafe UnsafeRawBufferPointer(start: start, count: byteCount)
      return unsafe _overrideLifetime(RawSpan(_unsafeBytes: buffer), borrowing: self)
    }
  }

  /// A copy of a part. Traps outside the memory.
  func array(_ range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= byteCount)
    // Safe: the range was checked.
    let buffer = unsafe UnsafeRawBufferPointer(start: start, count: byteCount)
    return unsafe [UInt8](buffer[range])
  }
}
