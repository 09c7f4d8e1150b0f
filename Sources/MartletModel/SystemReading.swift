#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The one place of this module that asks the operating system for anything.
enum SystemReading {
  static func nanosecondsSinceEpoch() -> Int64 {
    var now = timespec()
    // Safe: `now` is a local that outlives the call; clock_gettime writes one timespec into it.
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
  }

  static func processorCount() -> Int {
    // Safe: sysconf reads no memory of ours.
    max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }
}
