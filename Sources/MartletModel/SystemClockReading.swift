#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The one place that asks the operating system for the time of day.
enum SystemClockReading {
  static func nanosecondsSinceEpoch() -> Int64 {
    var now = timespec()
    // Safe: `now` is a local that outlives the call; clock_gettime writes one timespec into it.
    unsafe clock_gettime(CLOCK_REALTIME, &now)
    return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
  }
}
