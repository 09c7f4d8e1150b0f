public import MartletModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension POSIXFileSystem {
  public func map(_ path: String) throws(MartletError) -> FileBytes {
    let (descriptor, byteCount) = try openForReading(path)
    guard let memory = MappedMemory(descriptor: descriptor.number, byteCount: byteCount) else {
      throw SystemError.make(errno, "map", path)
    }
    return FileBytes(memory, name: path)
  }

  public func read(_ path: String) throws(MartletError) -> [UInt8] {
    let (descriptor, byteCount) = try openForReading(path)
    var bytes = [UInt8](repeating: 0, count: byteCount)
    var offset = 0
    while offset < byteCount {
      let count = POSIXCalls.readBytes(descriptor.number, into: &bytes, at: offset)
      guard count >= 0 else {
        if errno == EINTR { continue }
        throw SystemError.make(errno, "read", path)
      }
      if count == 0 { break }
      offset += count
    }
    // Shortened while we read it.
    bytes.removeLast(byteCount - offset)
    return bytes
  }

  public func create(_ path: String) throws(MartletError) -> any WritableFile {
    let descriptor = try POSIXDescriptor(
      opening: path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND, "create")
    return POSIXWritableFile(descriptor, path: path, byteCount: 0)
  }

  public func append(_ path: String) throws(MartletError) -> any WritableFile {
    let descriptor = try POSIXDescriptor(
      opening: path, O_WRONLY | O_APPEND, "open for writing")
    guard let status = descriptor.status() else { throw SystemError.make(errno, "open", path) }
    return POSIXWritableFile(descriptor, path: path, byteCount: Int(status.st_size))
  }

  public func lock(_ path: String) throws(MartletError) -> any FileLock {
    try POSIXFileLock(path)
  }

  private func openForReading(
    _ path: String
  ) throws(MartletError) -> (POSIXDescriptor, byteCount: Int) {
    let descriptor = try POSIXDescriptor(opening: path, O_RDONLY, "open")
    guard let status = descriptor.status() else { throw SystemError.make(errno, "open", path) }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw SystemError.make(EISDIR, "open", path)
    }
    return (descriptor, Int(status.st_size))
  }
}
