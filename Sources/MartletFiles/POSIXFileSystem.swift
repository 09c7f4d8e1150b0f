public import MartletModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The operating system's files.
public struct POSIXFileSystem: FileSystem {
  /// The one there is; it has no state.
  public init() {}

  public func createDirectory(_ path: String) throws(MartletError) {
    if isDirectory(path) { return }
    let parent = Paths.directory(of: path)
    if parent != path { try createDirectory(parent) }
    // Safe: Swift passes a NUL-terminated copy that outlives the call.
    guard unsafe mkdir(path, 0o777) == 0 else {
      let code = errno
      // Another process may have been faster.
      if code == EEXIST && isDirectory(path) { return }
      throw SystemError.make(code == EEXIST ? ENOTDIR : code, "make the directory", path)
    }
    try syncDirectory(parent)
  }

  public func list(_ path: String) throws(MartletError) -> [String] {
    // Safe: the handle is used by this call only and closed once.
    guard let directory = unsafe opendir(path) else {
      throw SystemError.make(errno, "list", path)
    }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while true {
      errno = 0
      // Safe: the entry is valid until the next readdir of this handle; its name ends with NUL.
      guard let entry = unsafe readdir(directory) else { break }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { buffer in
        unsafe String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw SystemError.make(errno, "list", path) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  public func exists(_ path: String) -> Bool { status(path) != nil }

  public func isDirectory(_ path: String) -> Bool {
    status(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
  }

  public func fileByteCount(_ path: String) throws(MartletError) -> Int {
    guard let status = status(path) else { throw SystemError.make(errno, "open", path) }
    return Int(status.st_size)
  }

  public func rename(_ from: String, to: String) throws(MartletError) {
    guard POSIXCalls.renameFile(from, to: to) == 0 else {
      throw SystemError.make(errno, "rename to \(to)", from)
    }
  }

  public func remove(_ path: String) throws(MartletError) {
    guard POSIXCalls.removeFile(path) == 0 else {
      throw SystemError.make(errno, "remove", path)
    }
  }

  public func syncDirectory(_ path: String) throws(MartletError) {
    let descriptor = try POSIXDescriptor(
      opening: path, O_RDONLY | O_DIRECTORY, "sync the directory")
    guard descriptor.sync() else { throw SystemError.make(errno, "sync the directory", path) }
  }

  /// What `stat` says, or nil with `errno` set.
  private func status(_ path: String) -> stat? {
    var status = stat()
    // Safe: the path is a NUL-terminated copy, and the kernel fills one `stat`.
    return unsafe stat(path, &status) == 0 ? status : nil
  }
}
