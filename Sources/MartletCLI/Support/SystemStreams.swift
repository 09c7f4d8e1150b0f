import Martlet

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What this process asks the operating system for directly.
enum SystemStreams {
  static let standardInput: Int32 = 0
  static let standardOutput: Int32 = 1
  static let standardError: Int32 = 2

  /// Whether a person looks at the stream.
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// What the system said last.
  static func reason() -> String {
    // Safe: strerror returns a NUL-terminated string, copied at once.
    unsafe String(cString: strerror(errno))
  }

  static func close(_ descriptor: Int32) {
    guard descriptor >= 0 else { return }
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #elseif canImport(Musl)
      _ = Musl.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }

  static func environment(_ name: String) -> String? {
    // Safe: getenv returns a NUL-terminated string, copied at once; nothing here changes the
    // environment.
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// Writes all bytes.
  /// - Throws: `.io` where the system refuses.
  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(MartletError) {
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        // Safe: the range lies within the array's bytes, which live through the call.
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[start...])
        #if canImport(Glibc)
          return unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
        #elseif canImport(Musl)
          return unsafe Musl.write(descriptor, rest.baseAddress, rest.count)
        #else
          return unsafe Darwin.write(descriptor, rest.baseAddress, rest.count)
        #endif
      }
      if count >= 0 {
        start += count
      } else if errno != EINTR {
        throw MartletError(
          .io, file: descriptor == standardOutput ? "standard output" : nil,
          "cannot write: \(reason())",
          remedy: errno == ENOSPC ? "free some space" : nil)
      }
    }
  }

  /// All bytes of a file; `-` is standard input.
  /// - Throws: `.noInput` where there is none, `.io` where the system refuses, `.limit` past so
  ///   many bytes.
  static func readFile(_ path: String, limit: Int) throws(MartletError) -> [UInt8] {
    if path == "-" { return try readStandardInput(limit: limit) }
    // Safe: Swift passes a NUL-terminated copy that outlives the call.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw MartletError(
        errno == ENOENT ? .noInput : .io, file: path, "cannot read the file: \(reason())",
        remedy: "check the path and its permissions")
    }
    defer { close(descriptor) }
    return try read(descriptor, named: path, limit: limit)
  }

  /// All bytes of standard input.
  /// - Throws: `.io` where the system refuses, `.limit` past so many bytes.
  static func readStandardInput(limit: Int) throws(MartletError) -> [UInt8] {
    try read(standardInput, named: "-", limit: limit)
  }

  private static func read(
    _ descriptor: Int32, named name: String, limit: Int
  ) throws(MartletError) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe block.withUnsafeMutableBytes { buffer in
        // Safe: read writes at most `buffer.count` bytes into the array's own storage.
        #if canImport(Glibc)
          return unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
          return unsafe Musl.read(descriptor, buffer.baseAddress, buffer.count)
        #else
          return unsafe Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if count == 0 { return bytes }
      if count > 0 {
        bytes += block[..<count]
        guard bytes.count <= limit else {
          throw MartletError(
            .limit, file: name, "it has more than \(limit) bytes",
            remedy: "check that it is what was meant")
        }
      } else if errno != EINTR {
        throw MartletError(.io, file: name, "cannot read: \(reason())")
      }
    }
  }
}
