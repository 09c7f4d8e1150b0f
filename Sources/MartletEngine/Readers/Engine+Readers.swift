import MartletFiles
package import MartletModel
import Synchronization

extension Engine {
  /// What the holders of snapshots older than a generation say of themselves: "process 123".
  ///
  /// Removes the leases of readers that died.
  /// - Throws: `.io`.
  package func readers(before generation: UInt64) throws(MartletError) -> [String] {
    var holders: [String] = []
    let own = view.withLock { $0.oldestSnapshotGeneration }
    if let own, own < generation { holders.append("this process") }
    let directory = path + "/" + ReaderLease.directoryName
    guard fileSystem.exists(directory) else { return holders }
    for name in try fileSystem.list(directory) {
      guard let used = ReaderLease.generation(ofName: name), used < generation else { continue }
      let lease = directory + "/" + name
      do throws(MartletError) {
        let lock = try fileSystem.lock(lease)
        // Nobody held it: its reader died, or has just ended.
        if fileSystem.exists(lease) { try fileSystem.remove(lease) }
        lock.release()
      } catch  where error.code == .locked {
        holders.append(error.reason.split(separator: " ").suffix(2).joined(separator: " "))
      }
    }
    return holders
  }
}
