import MartletFiles
import MartletModel
import MartletSegmentFile

extension Engine {
  /// What only the writer knows; guarded by the engine's `writer` mutex.
  struct Writer: ~Copyable {
    /// The last published manifest, with the numbers that were handed out since.
    var manifest: Manifest
    var users = UserTable()
    var identity = IdentityTable()
    /// Rows that are in no segment file: those of the log, and what was appended since.
    var buffer = SegmentFileBuffer()
    /// Edges that are in no segment file.
    var unsealedEdges: [IdentityEdge] = []
    var sealedIDs = SealedInsertIDs()
    /// Segment files that are written but not yet committed.
    var sealed: [Manifest.File] = []
    var pending = PendingCommit(firstNewUser: 0)
    /// nil until the first commit that goes into it.
    var log: LogWriter?
    /// Files that nothing names any more and that could not be removed yet.
    var garbage: Set<String> = []
    /// Why the writer can no longer be used.
    var failure: MartletError?
    /// Whether the lock was given back.
    var isClosed = false

    init(manifest: Manifest) { self.manifest = manifest }

    /// Loads what a writer needs to know of the committed files.
    mutating func load(_ snapshot: Snapshot) throws(MartletError) {
      for file in snapshot.users.files {
        try users.load(file, forgotten: manifest.forgotten.ordinals)
      }
      users.markCommitted()
      for file in snapshot.segmentFiles {
        for (user, time) in try file.firstSeenCorrections() {
          guard Int(user) < users.count else {
            throw MartletError(
              .corrupt, file: file.bytes.name, "a first-seen time is of an unknown user",
              remedy: BlockHandle.remedy)
          }
          users.adopt(Int(user), time)
        }
        try identity.add(try file.identityEdges(), userCount: users.count)
        sealedIDs.add(file)
      }
      pending = PendingCommit(firstNewUser: users.count)
    }

    /// Whether anything was appended since the last commit.
    var hasPending: Bool { !pending.isEmpty(userCount: users.count) }

    /// Whether anything was appended that is not yet in committed files.
    var hasUnsealed: Bool { hasPending || log != nil }

    /// Makes sure that one more segment file can be named, and yet another, which is left to
    /// compaction and to recovery.
    func checkRoom(fileCountMax: Int) throws(MartletError) {
      let count = manifest.segmentFiles.count + sealed.count
      guard count + 2 > fileCountMax else { return }
      throw MartletError(
        .limit,
        "the store has \(count) segment files; the limit is \(fileCountMax), and compaction "
          + "needs one",
        remedy: "compact it: that leaves one a partition of time")
    }

    func checkUsable() throws(MartletError) {
      if isClosed {
        throw MartletError(.poisoned, "the store was closed", remedy: "open it again")
      }
      guard let failure else { return }
      throw MartletError(
        .poisoned, file: failure.file,
        "an earlier write failed (\(failure.reason)); this writer takes no more",
        remedy: "close the store and open it again; the last commit is intact")
    }
  }
}
