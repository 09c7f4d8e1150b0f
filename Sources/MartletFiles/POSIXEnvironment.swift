#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The process's environment variables.
enum POSIXEnvironment {
  /// The variable's value, or nil where it is unset or empty.
  static func value(of name: String) -> String? {
    // Safe: the C string is copied at once; this process never changes its environment.
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }
}
