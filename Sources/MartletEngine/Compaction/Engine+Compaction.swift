import MartletFiles
package import MartletModel
import MartletSegmentFile
import RoaringBitmap
import Synchronization

extension Engine {
  /// Merges the segment files into one a partition, and erases what was forgotten: ids, rows and
  /// traits of forgotten users are on no disk page of the store afterwards, but those that a reader
  /// named in the summary still holds.
  /// - Throws: `.corrupt` where a file is damaged, `.io`, `.poisoned`; nothing is lost.
  /// - Complexity: O(rows)
  package func compact() throws(MartletError) -> CompactionSummary {
    precondition(access == .readWrite, "a reader does not compact")
    return try compacting.withLock { _ throws(MartletError) in
      try commit(sealing: true, leavingRoom: false)
      let (inputs, manifest) = try committedInputs()
      let forgotten = manifest.forgotten.ordinals
      let identity = try identity(of: inputs)
      let dirty = forgotten.union(identity.aliases)
      var summary = CompactionSummary()
      summary.fileCountBefore = inputs.count
      summary.byteCountBefore = manifest.byteCount
      var job = try CompactionJob.full(inputs, Partitions(starts: manifest.partitionStarts)) {
        file throws(MartletError) in try file.mentions(dirty)
      }
      try job?.divide(
        inputs, byteCountMax: configuration.segmentFileByteCount,
        dayCountMin: configuration.partitionDayCount)
      if job != nil || !forgotten.isEmpty {
        let nothing = CompactionJob(
          inputs: [], partitions: Partitions(starts: manifest.partitionStarts))
        try run(job ?? nothing, identity, forgotten)
      }
      let left = view.withLock { $0.manifest }
      summary.fileCountAfter = left.segmentFiles.count
      (summary.byteCountAfter, summary.generation) = (left.byteCount, left.generation)
      guard !forgotten.isEmpty else { return summary }
      summary.erasedUserCount = forgotten.count
      summary.readers = try readers(before: summary.generation)
      return summary
    }
  }

  /// Does a job, and publishes its result.
  func run(
    _ job: CompactionJob, _ identity: IdentityTable, _ erasure: RoaringBitmap
  ) throws(MartletError) {
    let written = try rewrite(job, leavingOut: erasure, identity)
    try writer.withLock { writer throws(MartletError) in
      try writer.checkUsable()
      // What came meanwhile has changed when users were first seen, and that is written anew: the
      // rows must be on the disk first.
      if !erasure.isEmpty, writer.hasUnsealed { try flush(&writer) }
      var manifest = writer.manifest
      replace(job, by: written, in: &manifest, &writer)
      if !erasure.isEmpty {
        // Ids of users who were forgotten while the rows were rewritten stay until the next time.
        manifest.forgotten.ordinals.subtract(erasure)
        try rewriteUsers(&writer, &manifest)
      }
      try publish(manifest, &writer)
    }
  }

  /// Writes all users of the user files anew, without the ids of those who were forgotten.
  func rewriteUsers(
    _ writer: inout Writer, _ manifest: inout Manifest
  ) throws(MartletError) {
    let count = writer.users.committedCount
    manifest.userFiles = []
    guard count > 0 else { return }
    var next = manifest
    try poisoning(&writer) { writer throws(MartletError) in
      try writeUsers(0..<count, of: writer.users, &next)
    }
    manifest = next
  }

  /// Starts a compaction in the background, where the configuration says so and files pile up.
  ///
  /// Where that falls behind, who commits waits for it: it is commits that become slower then, not
  /// questions, and neither files nor memory grow without bound.
  func maintain() {
    guard configuration.compaction == .automatic else { return }
    if freshFileCount >= CompactionJob.freshCountMax { return record(maintenanceOf: 1) }
    guard freshFileCount >= CompactionJob.fanOut,
      isMaintaining.exchange(true, ordering: .acquiringAndReleasing) == false
    else { return }
    maintenance.run { [weak self] in
      self?.record(maintenanceOf: .max)
      self?.isMaintaining.store(false, ordering: .releasing)
    }
  }

  /// Segment files that compaction has not looked at.
  private var freshFileCount: Int {
    view.withLock { $0.manifest.segmentFiles.count - $0.manifest.partitionedFileCount }
  }

  /// Why the last compaction in the background stopped; nil where it did not fail.
  package var lastMaintenanceFailure: MartletError? { maintenanceFailure.withLock { $0 } }

  /// Does jobs, at most so many, and keeps the failure of the last.
  private func record(maintenanceOf jobCountMax: Int) {
    var jobCount = 0
    do throws(MartletError) {
      while jobCount < jobCountMax, !isStopping.load(ordering: .acquiring), try compactOnce() {
        jobCount += 1
      }
      maintenanceFailure.withLock { $0 = nil }
    } catch {
      // The files are as they were. It is tried again after the next commit, and told by `stats`.
      maintenanceFailure.withLock { $0 = error }
    }
  }

  /// Does one job of background compaction; false where there is none to do.
  /// - Throws: as `compact`.
  package func compactOnce() throws(MartletError) -> Bool {
    try compacting.withLock { _ throws(MartletError) in
      let (inputs, manifest) = try committedInputs()
      guard
        var job = CompactionJob.next(inputs, Partitions(starts: manifest.partitionStarts))
      else { return false }
      try job.divide(
        inputs, byteCountMax: configuration.segmentFileByteCount,
        dayCountMin: configuration.partitionDayCount)
      try run(job, try identity(of: inputs), RoaringBitmap())
      return true
    }
  }
}

extension SegmentFile {
  /// Whether any row, first-seen time or edge is of one of `users`.
  func mentions(_ users: RoaringBitmap) throws(MartletError) -> Bool {
    guard !users.isEmpty else { return false }
    if try anyUsers().intersects(users) { return true }
    if let traits = try traitRun(), try traits.users().intersects(users) { return true }
    return try firstSeenCorrections().contains { users.contains($0.user) }
  }
}
