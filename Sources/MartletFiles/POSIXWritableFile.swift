import MartletModel
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file of the operating system, open for writing at its end.
final class POSIXWritableFile: WritableFile {
  private enum Use { case open, poisoned, closed }

  private struct State {
    var descriptor: POSIXDescriptor?
    var use = Use.open
    var byteCount: Int
  }

  private let state: Mutex<State>
  private let path: String

  init(_ descriptor: POSIXDescriptor, path: String, byteCount: Int) {
    self.path = path
    state = Mutex(State(descriptor: descriptor, byteCount: byteCount))
  }

  var byteCount: Int { state.withLock { $0.byteCount } }

  func write(_ bytes: [UInt8]) throws(MartletError) {
    // Safe: a UInt8 has no padding, and the span is used within the call.
    try unsafe write(bytes.span.bytes)
  }

  func write(_ bytes: RawSpan) throws(MartletError) {
    guard POSIXCalls.writeBytes(try usable().number, bytes) == 0 else { throw poison("write") }
    let count = bytes.byteCount
    state.withLock { $0.byteCount += count }
  }

  func sync() throws(MartletError) {
    // Not under the lock: another thread may write while the disk works.
    guard try usable().sync() else { throw poison("sync") }
  }

  func close() throws(MartletError) {
    state.withLock { state in
      state.descriptor = nil
      if state.use == .open { state.use = .closed }
    }
  }

  private func usable() throws(MartletError) -> POSIXDescriptor {
    let (use, descriptor) = state.withLock { ($0.use, $0.descriptor) }
    guard use != .poisoned else {
      throw MartletError(
        .poisoned, file: path, "an earlier write or sync of this file failed",
        remedy: "remove the cause and open the store again")
    }
    guard let descriptor else { preconditionFailure("\(path) is used after it was closed") }
    return descriptor
  }

  private func poison(_ action: String) -> MartletError {
    let error = SystemError.make(errno, action, path)
    state.withLock { $0.use = .poisoned }
    return error
  }
}
