import Martlet

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that a command writes beside its answer, a block at a time; replaces what was there.
final class OutputFile {
  private static let blockByteCount = 1 << 16
  private let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []

  /// - Throws: `.io` where the system refuses.
  init(_ path: String) throws(MartletError) {
    self.path = path
    // Safe: Swift passes a NUL-terminated copy that outlives the call.
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw MartletError(
        .io, file: path, "cannot write the file: \(SystemStreams.reason())",
        remedy: "check the directory and its permissions")
    }
  }

  deinit { SystemStreams.close(descriptor) }

  func write(_ bytes: [UInt8]) throws(MartletError) {
    buffer += bytes
    if buffer.count >= OutputFile.blockByteCount { try drain() }
  }

  /// Writes what is left.
  func finish() throws(MartletError) { try drain() }

  private func drain() throws(MartletError) {
    let bytes = buffer
    buffer.removeAll(keepingCapacity: true)
    do throws(MartletError) {
      try SystemStreams.write(bytes, to: descriptor)
    } catch {
      var named = error
      named.file = path
      throw named
    }
  }
}
