import MartletFiles
import Synchronization

/// A lock of a `SimulatedFileSystem`; it goes with its owner.
final class SimulatedLock: FileLock {
  private let system: SimulatedFileSystem
  private let path: String
  private let isHeld = Mutex(true)

  init(_ system: SimulatedFileSystem, path: String) { (self.system, self.path) = (system, path) }

  deinit { release() }

  func release() {
    guard
      isHeld.withLock({ held in
        defer { held = false }
        return held
      })
    else { return }
    _ = system.disk.withLock { $0.locked.remove(path) }
  }
}
