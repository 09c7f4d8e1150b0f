import Foundation
import Synchronization
import Testing

/// Work on threads of its own.
enum Threads {
  /// The results of `work` for 0 ..< `count`, all at once: a queue would run as many at a time as
  /// there are processors, and readers that wait for each other's end would not meet the writer.
  /// - Throws: the first error in that order.
  static func map<Result: Sendable>(
    _ count: Int, _ work: @escaping @Sendable (Int) throws -> Result
  ) throws -> [Result] {
    let outcomes = Outcomes<Result>()
    let group = DispatchGroup()
    for index in 0..<count {
      group.enter()
      let thread = Thread {
        let outcome = Swift.Result { try work(index) }
        outcomes.byIndex.withLock { $0[index] = outcome }
        group.leave()
      }
      // As much as the main thread has.
      thread.stackSize = 8 << 20
      thread.start()
    }
    group.wait()
    return try (0..<count).map { index in
      try #require(outcomes.byIndex.withLock { $0[index] }).get()
    }
  }

  private final class Outcomes<Result: Sendable>: Sendable {
    let byIndex = Mutex<[Int: Swift.Result<Result, any Error>]>([:])
  }
}
