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
  private static let flag = Atomic<Bool>(false)

  /// Whether an interrupt came since `catchFirst`.
  static var wereCaught: Bool { flag.load(ordering: .relaxed) }

  static func catchFirst() {
    // Touched before the handler can run: a handler must not initialise a global.
    flag.store(false, ordering: .relaxed)
    signal(SIGINT) { _ in
      Interrupts.flag.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
  }
}
