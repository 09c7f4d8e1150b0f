#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a file, or nil where it cannot be opened.
func fileBytes(_ path: String) -> [UInt8]? {
  // Safe: the stream is closed on the one way out, and `fread` is told the buffer's own size.
  guard let stream = unsafe fopen(path, "rb") else { return nil }
  defer { unsafe fclose(stream) }
  var (bytes, chunk) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
  while true {
    let count = unsafe chunk.withUnsafeMutableBytes { buffer in
      unsafe fread(buffer.baseAddress, 1, buffer.count, stream)
    }
    guard count > 0 else { return bytes }
    bytes += chunk.prefix(count)
  }
}

/// An environment variable.
func environment(_ name: String) -> String? {
  // Safe: the C string is copied before anything can change the environment.
  unsafe getenv(name).map { unsafe String(cString: $0) }
}
