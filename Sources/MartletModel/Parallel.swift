import Dispatch
import Synchronization

/// Work spread over all cores; the one place that starts threads for computation.
package enum Parallel {
  /// The results of `body` over `items`, in order.
  ///
  /// `body` runs on several threads at once: it must only read what it shares with other calls.
  /// - Throws: the error of the first failing item, in item order, after all have finished.
  package static func map<Item, Result, Failure: Error>(
    _ items: [Item], _ body: (Item) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    if items.count < 2 {
      var results: [Result] = []
      for item in items { results.append(try body(item)) }
      return results
    }
    let results = Mutex(
      Slots<Result, Failure>(
        values: [Swift.Result<Result, Failure>?](repeating: nil, count: items.count)))
    withoutActuallyEscaping(body) { escapable in
      // Safe: both are only read, and concurrentPerform returns after its last iteration.
      nonisolated(unsafe) let work = escapable
      nonisolated(unsafe) let shared = items
      DispatchQueue.concurrentPerform(iterations: unsafe shared.count) { index in
        let outcome: Swift.Result<Result, Failure>
        do throws(Failure) {
          outcome = .success(try unsafe work(shared[index]))
        } catch {
          outcome = .failure(error)
        }
        results.withLock { $0.store(outcome, at: index) }
      }
    }
    var values: [Result] = []
    values.reserveCapacity(items.count)
    for outcome in results.withLock({ $0.take() }) {
      guard let outcome else { preconditionFailure("every iteration stores its outcome") }
      values.append(try outcome.get())
    }
    return values
  }

  /// How many threads compute at once.
  package static var threadCount: Int { SystemReading.processorCount() }

  /// Outcomes by item; sendable because the mutex around it is the only way in.
  private struct Slots<Value, Failure: Error>: @unchecked Sendable {
    private var values: [Swift.Result<Value, Failure>?]

    init(values: [Swift.Result<Value, Failure>?]) { self.values = values }

    mutating func store(_ outcome: Swift.Result<Value, Failure>, at index: Int) {
      values[index] = outcome
    }

    mutating func take() -> [Swift.Result<Value, Failure>?] {
      defer { values = [] }
      return values
    }
  }
}
