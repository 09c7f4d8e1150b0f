package import MartletFiles
package import MartletModel
import MartletSegmentFile
import Synchronization

/// A store on disk: what is durable, and what is about to be.
///
/// One engine writes (it holds the store's lock); any number of engines read. Safe to use from
/// several threads.
///
/// Locks are taken in this order: `compacting`, `writer`, `view`; `syncing` is taken alone.
package final class Engine: Sendable {
  package enum Access: Sendable {
    /// Takes no lock; sees each commit of the writer, whichever process it is in.
    case readOnly
    /// Takes the lock, and creates the store where there is none.
    case readWrite
  }

  package let path: String
  package let access: Access
  /// What opening found in the log; nil for a reader.
  package let recovery: Recovery?
  let fileSystem: any FileSystem
  let configuration: StoreConfiguration
  /// Segment files that the store may have.
  let fileCountMax: Int
  let writer: Mutex<Writer>
  let view: Mutex<View>
  /// Held by who syncs the log.
  let syncing = Mutex<Void>(())
  /// Held by who rewrites committed files.
  let compacting = Mutex<Void>(())
  let maintenance = Maintenance()
  let isMaintaining = Atomic<Bool>(false)
  /// Whether work in the background should end.
  let isStopping = Atomic<Bool>(false)
  /// Why the last compaction in the background stopped; nil where it did not fail.
  let maintenanceFailure = Mutex<MartletError?>(nil)
  /// Whether there are forgotten users, or expired events.
  let mayRefuse = Atomic<Bool>(false)
  private let lock: (any FileLock)?

  /// Opens a store.
  /// - Throws: `.noInput` where a reader finds no store, `.locked` where another writer has it,
  ///   `.corrupt` or `.tooNew` where it cannot be read, `.io`.
  package init(
    at path: String, access: Access, fileSystem: any FileSystem,
    configuration: StoreConfiguration = StoreConfiguration(), fileCountMax: Int = Limits.files
  ) throws(MartletError) {
    (self.path, self.access) = (path, access)
    (self.fileSystem, self.configuration) = (fileSystem, configuration)
    self.fileCountMax = fileCountMax
    try Engine.checkPath(path, access, fileSystem)
    guard access == .readWrite else {
      (lock, recovery) = (nil, nil)
      let manifest = try Engine.readManifest(path, fileSystem)
      writer = Mutex(Writer(manifest: manifest))
      view = Mutex(View(manifest, storedUserCount: 0))
      _ = try snapshot()
      return
    }
    try fileSystem.createDirectory(path)
    lock = try fileSystem.lock(path + "/lock")
    if !fileSystem.exists(path + "/" + Manifest.fileName) {
      try fileSystem.replaceAtomically(
        path + "/" + Manifest.fileName, with: Manifest().encoded())
    }
    let manifest = try Engine.readManifest(path, fileSystem)
    try Engine.removeOrphans(of: manifest, path, fileSystem)
    var writer = Writer(manifest: manifest)
    var view = View(manifest, storedUserCount: 0)
    let stored = try view.snapshot(in: path, fileSystem)
    try writer.load(stored)
    view.memtable = Memtable(storedUserCount: stored.users.count)
    mayRefuse.store(manifest.refusesRows, ordering: .releasing)
    let recovery = try Recovery(of: &writer, &view, in: path, fileSystem)
    self.recovery = recovery
    self.writer = Mutex(writer)
    self.view = Mutex(view)
    // Leases of readers that died.
    _ = try readers(before: .max)
    if recovery.mustStartNewLog {
      try self.writer.withLock { writer throws(MartletError) in try flush(&writer) }
    }
  }

  static func checkPath(
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
    let named = manifest.fileNames
    for name in try fileSystem.list(path)
    where !named.contains(name) && name != Manifest.fileName
      && (name.hasSuffix(".martlet") || name.hasSuffix(".tmp"))
    {
      try fileSystem.remove(path + "/" + name)
    }
  }

  /// Ends the use of the engine: waits for a compaction in the background, which ends at its next
  /// file, and gives the lock back. Afterwards it writes no more; snapshots are as before.
  package func stop() {
    isStopping.store(true, ordering: .releasing)
    compacting.withLock { _ in
      guard access == .readWrite else { return }
      writer.withLock { $0.isClosed = true }
    }
    lock?.release()
  }

  /// Notes how long the log is, so that a log that was cut short later is noticed. Commits need no
  /// close: they are safe without.
  /// - Throws: `.io`; what was committed is durable all the same.
  package func close() throws(MartletError) {
    guard access == .readWrite else { return }
    try writer.withLock { writer throws(MartletError) in
      if writer.isClosed { return }
      try writer.checkUsable()
      guard let log = writer.log, log.byteCount > Int(writer.manifest.logByteCount) else { return }
      var manifest = writer.manifest
      try poisoning(&writer) { _ throws(MartletError) in try log.sync() }
      manifest.logByteCount = UInt64(log.byteCount)
      try publish(manifest, &writer)
    }
  }
}
