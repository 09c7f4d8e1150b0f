import MartletFiles
import MartletModel
import MartletSegmentFile

extension Engine {
  /// What snapshots are made of; guarded by the engine's `view` mutex, which is held for a short
  /// time only, and taken after the `writer` mutex by who needs both.
  struct View: ~Copyable {
    var manifest: Manifest
    var files = FileSet()
    var memtable: Memtable
    /// The log that the memtable is of, for a reader; nil before the first snapshot.
    var followedLog: UInt64?
    /// Snapshots that may still be in use.
    private var snapshots: [WeakSnapshot] = []

    private struct WeakSnapshot {
      weak var snapshot: Snapshot?
    }

    init(_ manifest: Manifest, storedUserCount: Int) {
      self.manifest = manifest
      memtable = Memtable(storedUserCount: storedUserCount)
    }

    /// - Parameter lease: what tells a writer in another process of the snapshot.
    mutating func snapshot(
      in path: String, _ fileSystem: any FileSystem, lease: ReaderLease? = nil
    ) throws(MartletError) -> Snapshot {
      let stored = try files.open(manifest, in: path, fileSystem)
      let live = try memtable.files(firstArrivalNumber: manifest.nextArrivalNumber)
      let users = try UserDirectory(stored.userFiles + live.userFiles)
      let files = stored.segmentFiles + live.segmentFiles
      var identity = IdentityTable()
      for file in files {
        try inFile(file.bytes.name) { () throws(MartletError) in
          try identity.add(try file.identityEdges(), userCount: users.count)
        }
      }
      let snapshot = Snapshot(
        manifest: manifest, segmentFiles: files, users: users, identity: identity,
        duplicateCount: manifest.duplicateCount + memtable.duplicateCount, lease: lease)
      snapshots.removeAll { $0.snapshot == nil }
      snapshots.append(WeakSnapshot(snapshot: snapshot))
      return snapshot
    }

    /// The generation of the oldest snapshot of this engine that is in use; nil where none is.
    var oldestSnapshotGeneration: UInt64? {
      snapshots.compactMap { $0.snapshot?.manifest.generation }.min()
    }
  }
}
