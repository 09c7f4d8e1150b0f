import MartletEngine
public import MartletModel

extension EventStore {
  /// Merges the store's files into as few as its size asks for, and erases forgotten users.
  /// Commits what was appended.
  ///
  /// Afterwards ids, rows and traits of forgotten users are in no file of the store. Snapshots that
  /// were taken before keep the files that they read: `CompactionSummary.readers` names their
  /// holders, `remainingReaders` those that still are. Appends, commits and snapshots go on
  /// meanwhile.
  /// - Throws: `.corrupt` where a file is damaged, `.io`, `.poisoned`; the store holds what it held
  ///   then, and nobody is erased.
  /// - Complexity: O(rows); memory for one file of `StoreConfiguration.segmentFileByteCount`.
  public func compact() throws(MartletError) -> CompactionSummary {
    try appendAllPending()
    let done = try engine.compact()
    var summary = CompactionSummary(generation: done.generation)
    summary.segmentFilesBefore = done.fileCountBefore
    summary.segmentFilesAfter = done.fileCountAfter
    (summary.byteCountBefore, summary.byteCountAfter) = (done.byteCountBefore, done.byteCountAfter)
    (summary.erasedUsers, summary.readers) = (done.erasedUserCount, done.readers)
    return summary
  }

  /// Who still uses files that a compaction replaced: "process 123", "this process".
  /// - Throws: `.io`.
  public func remainingReaders(of summary: CompactionSummary) throws(MartletError) -> [String] {
    try engine.readers(before: summary.generation)
  }

  /// Why the last compaction in the background stopped; nil where it did not fail, and in a reader.
  ///
  /// Nothing is lost by it: it is tried again after the next commit.
  public var maintenanceFailure: MartletError? { engine.lastMaintenanceFailure }

  /// Segment files that no compaction has divided by time yet.
  private static let freshFileCountMax = 64

  /// Compacts in steps while files pile up that no compaction has seen.
  /// - Throws: as `compact`; what was committed stays.
  func compactFreshFiles() throws(MartletError) {
    let manifest = try engine.snapshot().manifest
    let fresh = manifest.segmentFiles.count - manifest.partitionedFileCount
    guard fresh > EventStore.freshFileCountMax else { return }
    while try engine.compactOnce() {}
  }
}
