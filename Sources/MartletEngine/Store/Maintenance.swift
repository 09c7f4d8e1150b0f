import Dispatch

/// The thread on which a store does what nobody waits for.
struct Maintenance: Sendable {
  private let queue = DispatchQueue(label: "martlet.maintenance", qos: .utility)

  func run(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }

  func run(after delay: Duration, _ work: @escaping @Sendable () -> Void) {
    let (seconds, attoseconds) = delay.components
    let nanoseconds = Double(seconds) * 1e9 + Double(attoseconds) / 1e9
    queue.asyncAfter(
      deadline: .now() + .nanoseconds(Int(min(nanoseconds, 1e18))), execute: work)
  }
}
