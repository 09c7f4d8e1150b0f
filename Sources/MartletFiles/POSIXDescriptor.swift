import MartletModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open file descriptor, closed with its last reference.
final class POSIXDescriptor: Sendable {
  let number: Int32

  /// - Parameter action: completes "cannot ..." in the error.
  init(opening path: String, _ flags: Int32, _ action: String) throws(MartletError) {
    // Safe: Swift passes a NUL-terminated copy that outlives the call.
    number = unsafe open(path, flags | O_CLOEXEC, 0o666)
    guard number >= 0 else { throw SystemError.make(errno, action, path) }
  }

  deinit {
    // Every write that matters was followed by a checked sync.
    if number >= 0 { POSIXCalls.closeDescriptor(number) }
  }

  /// What `fstat` says, or nil with `errno` set.
  func status() -> stat? {
    var status = stat()
    // Safe: the kernel fills one `stat`.
    return unsafe fstat(number, &status) == 0 ? status : nil
  }

  /// Whether everything written is on the disk now; else `errno` is set.
  func sync() -> Bool {
    #if os(Linux)
      fdatasync(number) == 0
    #else
      // Without this the drive's cache is not flushed.
      fcntl(number, F_FULLFSYNC) == 0
    #endif
  }
}
