#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How many cores there are.
enum ProcessorCount {
  static let online = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
}
