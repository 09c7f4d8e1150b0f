import MartletEngine
import MartletModel
import MartletTestSupport
import Testing

/// Readers that take snapshots beside a writer, and use them for a while.
///
/// One reader lives as long as this does and follows the writer from log to log; others come anew.
struct HeldSnapshots {
  private struct Held {
    let snapshot: Snapshot
    /// What it must show, whatever became of the store since.
    let expected: StoreContent
    let name: String
  }

  private let instants: [Int64]
  private let system: SimulatedFileSystem
  private var reader: Engine?
  private var held: [Held] = []
  private static let countMax = 6

  init(of system: SimulatedFileSystem, universesBefore instants: [Int64]) {
    (self.system, self.instants) = (system, instants)
  }

  /// Takes snapshots of the last commit, through the writer and through two readers.
  /// - Parameter model: what the last commit left.
  mutating func take(
    beside writer: Engine?, _ model: StoreModel, _ name: String
  ) throws(MartletError) {
    let expected = StoreContent(model, universesBefore: instants)
    let newcomer = try Engine(reading: system)
    let old = reader ?? newcomer
    reader = old
    var snapshots = [try old.snapshot(), try newcomer.snapshot()]
    if let writer { snapshots.append(try writer.snapshot()) }
    for (snapshot, who) in zip(snapshots, ["the old reader", "a new one", "the writer"]) {
      held.append(Held(snapshot: snapshot, expected: expected, name: "\(name), \(who)"))
    }
    check()
    held.removeFirst(max(0, held.count - HeldSnapshots.countMax))
  }

  /// Holds all of them against what they must show.
  func check() {
    for held in held {
      do {
        let content = try StoreContent(held.snapshot, universesBefore: instants)
        if let difference = content.difference(from: held.expected) {
          Issue.record("the snapshot of \(held.name): \(difference)")
        }
      } catch {
        Issue.record("the snapshot of \(held.name): \(error)")
      }
    }
  }
}
