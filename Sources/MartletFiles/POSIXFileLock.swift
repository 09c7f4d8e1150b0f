import MartletModel
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An exclusive `flock` on a file that holds the owner's process id.
///
/// `flock` belongs to the open file, so that two handles exclude each other within one process
/// too; the kernel releases it when the process ends, however it ends.
final class POSIXFileLock: FileLock {
  private let descriptor: Mutex<POSIXDescriptor?>

  init(_ path: String) throws(MartletError) {
    let descriptor = try POSIXDescriptor(opening: path, O_RDWR | O_CREAT, "open the lock file")
    guard flock(descriptor.number, LOCK_EX | LOCK_NB) == 0 else {
      guard errno == EWOULDBLOCK else { throw SystemError.make(errno, "lock", path) }
      throw MartletError(
        .locked, file: path, "locked by process \(Self.holder(descriptor))",
        remedy: "wait for it to end, or stop it")
    }
    let text = Array("\(getpid())\n".utf8)
    guard ftruncate(descriptor.number, 0) == 0 else {
      throw SystemError.make(errno, "write the lock file", path)
    }
    // Safe: a UInt8 array has no padding, and the span is used within the call.
    guard unsafe POSIXCalls.writeBytes(descriptor.number, text.span.bytes) == 0 else {
      throw SystemError.make(errno, "write the lock file", path)
    }
    self.descriptor = Mutex(descriptor)
  }

  func release() { descriptor.withLock { $0 = nil } }

  /// The process id in the file; the holder may be about to write it.
  private static func holder(_ descriptor: POSIXDescriptor) -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = max(0, POSIXCalls.readBytes(descriptor.number, into: &bytes, at: 0))
    let digits = bytes[..<count].prefix { (0x30...0x39).contains($0) }
    return digits.isEmpty ? "unknown" : String(decoding: digits, as: UTF8.self)
  }
}
