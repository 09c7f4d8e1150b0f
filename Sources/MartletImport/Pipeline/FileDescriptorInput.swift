import MartletModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads a file or a pipe from start to end.
///
/// Not through a mapping: a foreign file may be a pipe, or be cut while it is read.
final class FileDescriptorInput {
  private let descriptor: Int32
  private let name: String
  private let closesAtEnd: Bool
  /// The file's length, where it has one.
  let byteCount: Int?

  /// Opens a file.
  /// - Throws: `.noInput` where there is none or it is a directory; `.io`.
  convenience init(path: String) throws(MartletError) {
    // Safe: the system call reads the path's characters, which outlive it.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileDescriptorInput.error("open", path) }
    try self.init(descriptor: descriptor, name: path, closesAtEnd: true)
  }

  /// Reads from an open descriptor.
  init(descriptor: Int32, name: String, closesAtEnd: Bool) throws(MartletError) {
    (self.descriptor, self.name, self.closesAtEnd) = (descriptor, name, closesAtEnd)
    var status = stat()
    // Safe: `status` is a local that outlives the call.
    guard unsafe fstat(descriptor, &status) == 0 else {
      byteCount = nil
      throw FileDescriptorInput.error("read", name)
    }
    byteCount = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    if status.st_mode & S_IFMT == S_IFDIR {
      throw MartletError(
        .noInput, file: name, "this is a directory", remedy: "name the files in it")
    }
  }

  deinit { if closesAtEnd { close(descriptor) } }

  /// Appends up to `limit` bytes; returns how many, 0 at the end.
  func read(into buffer: inout ByteBuffer, upTo limit: Int) throws(MartletError) -> Int {
    while true {
      // Safe: the system call writes at most `room.count` bytes into `room`.
      let count = unsafe buffer.append(upTo: limit) { room in
        #if canImport(Darwin)
          let count = unsafe Darwin.read(descriptor, room.baseAddress, room.count)
        #elseif canImport(Musl)
          let count = unsafe Musl.read(descriptor, room.baseAddress, room.count)
        #else
          let count = unsafe Glibc.read(descriptor, room.baseAddress, room.count)
        #endif
        lastCount = count
        return max(count, 0)
      }
      if lastCount >= 0 { return count }
      if errno != EINTR { throw FileDescriptorInput.error("read", name) }
    }
  }

  /// What the last system call returned.
  private var lastCount = 0

  private static func error(_ action: String, _ name: String) -> MartletError {
    let code = errno
    // Safe: strerror returns a static string, copied at once.
    let reason = unsafe String(cString: strerror(code))
    return MartletError(
      code == ENOENT || code == ENOTDIR ? .noInput : .io, file: name,
      "cannot \(action): \(reason)",
      remedy: code == ENOENT ? "check the path" : nil)
  }
}
