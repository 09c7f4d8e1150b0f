import MartletModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file of the operating system, open for writing at its end.
final class POSIXWritableFile: WritableFile {
  private enum State { case open, poisoned, closed }

  private var descriptor: POSIXDescriptor?
  private var state = State.open
  private let path: String
  private(set) var byteCount: Int

  init(_ descriptor: POSIXDescriptor, path: String, byteCount: Int) {
    (self.descriptor, self.path, self.byteCount) = (descriptor, path, byteCount)
  }

  func write(_ bytes: [UInt8]) throws(MartletError) {
    // Safe: a UInt8 has no padding, and the span is used within the call.
    try unsafe write(bytes.span.bytes)
  }

  func write(_ bytes: RawSpan) throws(MartletError) {
    guard POSIXCalls.writeBytes(try usable().number, bytes) == 0 else { throw poison("write") }
    byteCount += bytes.byteCount
  }

  func sync() throws(MartletError) {
    guard try usable().sync() else { throw poison("sync") }
  }

  func close() throws(MartletError) {
    descriptor = nil
    if state == .open { state = .closed }
  }

  private func usable() throws(MartletError) -> POSIXDescriptor {
    guard state != .poisoned else {
      throw MartletError(
        .poisoned, file: path, "an earlier write or sync of this file failed",
        remedy: "remove the cause and open the store again")
    }
    guard let descriptor else { preconditionFailure("\(path) is used after it was closed") }
    return descriptor
  }

  private func poison(_ action: String) -> MartletError {
    let error = SystemError.make(errno, action, path)
    state = .poisoned
    return error
  }
}
