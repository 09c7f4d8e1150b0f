import MartletFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A directory of its own for a test, removed with all it holds.
final class TemporaryDirectory {
  let path: String

  init() throws {
    // Safe: the C string is copied at once.
    let base = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    path = Paths.join(base, "martlet-files-\(getpid())-\(UInt64.random(in: .min ... .max))")
    try POSIXFileSystem().createDirectory(path)
  }

  deinit { Self.removeAll(path) }

  func file(_ name: String) -> String { Paths.join(path, name) }

  private static func removeAll(_ path: String) {
    let files = POSIXFileSystem()
    if files.isDirectory(path), let names = try? files.list(path) {
      for name in names { removeAll(Paths.join(path, name)) }
    }
    // What is left over is in the temporary directory, where it does no harm.
    try? files.remove(path)
  }
}
