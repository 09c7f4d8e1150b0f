import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ctrl-C: the first one is remembered, the second ends the process at once.
enum Interrupts {
  /// A reader that has seen enough ends the process without a word, also where a parent ignores
  /// the signal of closed pipes: what is ignored is inherited.
  static func endQuietlyWithReader() { signal(SIGPIPE, SIG_DFL) }

  private static let flag = Atomic<Bool>(false)

  /// Whether an interrupt came since `catchFirst`.
  static var wereCaught: Bool { flag.load(ordering: .relaxed) }

  private static let message: StaticString =
    "\nending after this batch; press Ctrl-C again to stop at once\n"

  static func catchFirst() {
    // Touched before the handler can run: a handler must not initialise a global.
    flag.store(false, ordering: .relaxed)
    _ = message.utf8CodeUnitCount
    // A parent may have blocked the signal for itself, and what is blocked is inherited.
    var interrupts = sigset_t()
    // Safe: the set is a local that outlives the three calls, which only fill and read it.
    unsafe sigemptyset(&interrupts)
    unsafe sigaddset(&interrupts, SIGINT)
    unsafe pthread_sigmask(SIG_UNBLOCK, &interrupts, nil)
    signal(SIGINT) { _ in
      Interrupts.flag.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
      // Safe: a static string's bytes live as long as the process, and write may be called in a
      // handler. That it fails changes nothing.
      _ = unsafe write(2, Interrupts.message.utf8Start, Interrupts.message.utf8CodeUnitCount)
    }
  }
}
