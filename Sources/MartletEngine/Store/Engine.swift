package import MartletFiles
package import MartletModel
import MartletSegmentFile
import Synchronization

/// A store on disk: what is durable, and what is about to be.
///
/// One engine writes (it holds the store's lock); any number of engines read. Safe to use from
/// several threads.
package final class Engine: Sendable {
  package enum Access: Sendable {
    /// Takes no lock; sees each commit of the writer, whichever process it is in.
    case readOnly
    /// Takes the lock, and creates the store where there is none.
    case readWrite
  }

  package let path: String
  package let access: Access
  let fileSystem: any FileSystem
  let configuration: StoreConfiguration
  let state: Mutex<State>
  private let lock: (any FileLock)?

  /// Opens a store.
  /// - Throws: `.noInput` where a reader finds no store, `.locked` where another writer has it,
  ///   `.corrupt` or `.tooNew` where it cannot be read, `.io`.
  package init(
    at path: String, access: Access, fileSystem: any FileSystem,
    configuration: StoreConfiguration = StoreConfiguration()
  ) throws(MartletError) {
    (self.path, self.access) = (path, access)
    (self.fileSystem, self.configuration) = (fileSystem, configuration)
    try Engine.checkPath(path, access, fileSystem)
    guard access == .readWrite else {
      lock = nil
      state = Mutex(State(manifest: try Engine.readManifest(path, fileSystem)))
      return
    }
    try fileSystem.createDirectory(path)
    lock = try fileSystem.lock(path + "/lock")
    if !fileSystem.exists(path + "/" + Manifest.fileName) {
      try fileSystem.replaceAtomically(
        path + "/" + Manifest.fileName, with: Manifest().encoded())
    }
    var state = State(manifest: try Engine.readManifest(path, fileSystem))
    try Engine.removeOrphans(of: state.manifest, path, fileSystem)
    try state.loadWriter(path, fileSystem)
    self.state = Mutex(state)
  }

  private static func checkPath(
    _ path: String, _ access: Access, _ fileSystem: any FileSystem
  ) throws(MartletError) {
    guard fileSystem.exists(path) else {
      if access == .readWrite { return }
      throw MartletError(
        .noInput, file: path, "there is no store here",
        remedy: "check the path, or make a store with 'martlet import'")
    }
    guard fileSystem.isDirectory(path) else {
      throw MartletError(
        .noInput, file: path, "this is a file, not a store",
        remedy: "a store is a directory; name another path")
    }
    guard !fileSystem.exists(path + "/" + Manifest.fileName) else { return }
    let names = try fileSystem.list(path)
    // A crash while the store was made leaves the lock, and the manifest under its first name.
    let leftovers: Set = ["lock", Manifest.fileName + ".tmp"]
    if access == .readOnly || !leftovers.isSuperset(of: names) {
      throw MartletError(
        .noInput, file: path, "this directory is not a store: it has no manifest",
        remedy: access == .readOnly
          ? "check the path, or make a store with 'martlet import'"
          : "name an empty or a new directory for a new store")
    }
  }

  static func readManifest(
    _ path: String, _ fileSystem: any FileSystem
  ) throws(MartletError) -> Manifest {
    let file = path + "/" + Manifest.fileName
    return try Manifest(try fileSystem.read(file), file: file)
  }

  /// Removes files that an interrupted writer left and no manifest names.
  private static func removeOrphans(
    of manifest: Manifest, _ path: String, _ fileSystem: any FileSystem
  ) throws(MartletError) {
    var named: Set<String> = [Manifest.fileName, "lock"]
    named.formUnion(manifest.segmentFiles.map { Manifest.segmentFileName($0.number) })
    named.formUnion(manifest.userFiles.map { Manifest.userFileName($0.number) })
    for name in try fileSystem.list(path)
    where !named.contains(name) && (name.hasSuffix(".martlet") || name.hasSuffix(".tmp")) {
      try fileSystem.remove(path + "/" + name)
    }
  }

  /// A view of the last commit.
  /// - Throws: `.corrupt` where a file is missing or damaged.
  package func snapshot() throws(MartletError) -> Snapshot {
    let (path, fileSystem, access) = (path, fileSystem, access)
    return try state.withLock { state throws(MartletError) in
      if access == .readOnly { state.manifest = try Engine.readManifest(path, fileSystem) }
      while true {
        do throws(MartletError) {
          return try state.files.snapshot(of: state.manifest, in: path, fileSystem)
        } catch {
          guard access == .readOnly else { throw error }
          // A writer may have replaced files between our look at the manifest and at them.
          let newer = try Engine.readManifest(path, fileSystem)
          guard newer.generation != state.manifest.generation else { throw error }
          state.manifest = newer
        }
      }
    }
  }
}
