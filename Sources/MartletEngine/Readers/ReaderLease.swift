import MartletFiles
import MartletModel

/// A file in the store's directory `readers` that a reader holds locked while it uses a snapshot.
///
/// Nothing depends on it for answers: a reader's mapped files stay readable after the writer has
/// removed them. It lets the writer name who still uses bytes that were to be erased; the
/// operating system takes the lock from a reader that died.
final class ReaderLease: Sendable {
  static let directoryName = "readers"

  private let path: String
  private let fileSystem: any FileSystem
  private let lock: any FileLock

  /// - Parameter generation: of the manifest that the reader uses.
  /// - Throws: `.io` where the reader may not write in the store.
  init(
    ofGeneration generation: UInt64, in store: String, _ fileSystem: any FileSystem
  ) throws(MartletError) {
    let directory = store + "/" + ReaderLease.directoryName
    try fileSystem.createDirectory(directory)
    let tail = String(UInt64.random(in: .min ... .max), radix: 36)
    path = directory + "/\(generation)-\(tail)"
    self.fileSystem = fileSystem
    lock = try fileSystem.lock(path)
  }

  deinit {
    // One that stays is removed by the next writer that looks, since nobody holds it.
    try? fileSystem.remove(path)
    lock.release()
  }

  /// The generation in a lease's name; nil for another file.
  static func generation(ofName name: String) -> UInt64? {
    name.split(separator: "-").first.flatMap { UInt64($0) }
  }
}
