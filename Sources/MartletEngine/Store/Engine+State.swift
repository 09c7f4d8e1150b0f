import MartletFiles
import MartletModel
import MartletSegmentFile

extension Engine {
  /// What the engine's mutex guards.
  struct State: ~Copyable {
    var manifest: Manifest
    var files = FileSet()
    /// The rest serves the writer only.
    var users = UserTable()
    var buffer = SegmentFileBuffer()
    var sealedIDs = SealedInsertIDs()
    /// Segment files that are written but not yet committed.
    var sealed: [Manifest.File] = []
    var duplicateCount: UInt64 = 0
    /// Why the writer can no longer be used.
    var failure: MartletError?

    init(manifest: Manifest) { self.manifest = manifest }

    /// Loads what a writer needs to know of the committed files.
    mutating func loadWriter(
      _ path: String, _ fileSystem: any FileSystem
    ) throws(MartletError) {
      let snapshot = try files.snapshot(of: manifest, in: path, fileSystem)
      for file in snapshot.users.files { try users.load(file) }
      for file in snapshot.segmentFiles {
        for (user, time) in try file.firstSeenCorrections() {
          guard Int(user) < users.count else {
            throw MartletError(
              .corrupt, file: file.bytes.name, "a first-seen time is of an unknown user",
              remedy: BlockHandle.remedy)
          }
          users.adopt(Int(user), time)
        }
        try sealedIDs.add(file)
      }
    }

    func checkUsable() throws(MartletError) {
      guard let failure else { return }
      throw MartletError(
        .poisoned, file: failure.file,
        "an earlier write failed (\(failure.reason)); this writer takes no more",
        remedy: "close the store and open it again; the last commit is intact")
    }
  }
}
