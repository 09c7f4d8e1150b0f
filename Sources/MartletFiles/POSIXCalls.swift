#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// C functions that methods of the same name would hide. Each returns -1 with `errno` set.
enum POSIXCalls {
  static func renameFile(_ from: String, to: String) -> Int32 {
    // Safe: Swift passes NUL-terminated copies that outlive the call.
    unsafe rename(from, to)
  }

  static func removeFile(_ path: String) -> Int32 {
    // Safe: Swift passes a NUL-terminated copy that outlives the call.
    unsafe remove(path)
  }

  static func closeDescriptor(_ number: Int32) { _ = close(number) }

  /// Reads into `bytes` from `offset` on; the count, 0 at the file's end.
  static func readBytes(_ number: Int32, into bytes: inout [UInt8], at offset: Int) -> Int {
    precondition(offset <= bytes.count)
    // Safe: the buffer has exactly `count` bytes.
    return unsafe bytes.withUnsafeMutableBytes { buffer in
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[offset...])
      return unsafe read(number, rest.baseAddress, rest.count)
    }
  }

  /// Writes all bytes, in as many calls as it takes; on failure some of them may be written.
  static func writeBytes(_ number: Int32, _ bytes: RawSpan) -> Int32 {
    // Safe: every pointer handed to the kernel has the stated number of bytes behind it.
    unsafe bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[done...])
        let count = unsafe write(number, rest.baseAddress, rest.count)
        if count >= 0 {
          done += count
        } else if errno != EINTR {
          return -1
        }
      }
      return 0
    }
  }
}
