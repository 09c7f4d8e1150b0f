import MartletFiles
import MartletModel
import MartletSegmentFile
import RoaringBitmap
import Synchronization

extension Engine {
  /// Files that are written and not yet named by the manifest.
  struct Rewritten {
    var files: [Manifest.File] = []
    var segmentFiles: [SegmentFile] = []
  }

  /// The committed segment files, open.
  func committedInputs() throws(MartletError) -> (
    inputs: [CompactionJob.Input], manifest: Manifest
  ) {
    let (path, fileSystem) = (path, fileSystem)
    return try view.withLock { view throws(MartletError) in
      let manifest = view.manifest
      var inputs: [CompactionJob.Input] = []
      for (index, file) in manifest.segmentFiles.enumerated() {
        inputs.append(
          CompactionJob.Input(
            file: file, segmentFile: try view.files.segmentFile(file, in: path, fileSystem),
            isPartitioned: index < manifest.partitionedFileCount))
      }
      return (inputs, manifest)
    }
  }

  /// The identities that the committed files hold.
  ///
  /// Rows must not move by any other: a crash may take the edges of the log, and those that were
  /// appended since, and would leave the rows with another user. Questions find them by the edge.
  func identity(of inputs: [CompactionJob.Input]) throws(MartletError) -> IdentityTable {
    let userCount = writer.withLock { $0.users.count }
    var identity = IdentityTable()
    for input in inputs {
      try inFile(input.segmentFile.bytes.name) { () throws(MartletError) in
        try identity.add(try input.segmentFile.identityEdges(), userCount: userCount)
      }
    }
    return identity
  }

  /// Writes what a job's files are to be replaced by: one file a partition.
  ///
  /// - Parameters:
  ///   - erasure: users whose rows go.
  ///   - identity: whose rows go where; of the committed files.
  /// Held locks: `compacting`. What is written is of no use until `replace`.
  /// - Throws: `.io`, `.corrupt`, `.limit`; the store is as before.
  func rewrite(
    _ job: CompactionJob, leavingOut erasure: RoaringBitmap, _ identity: IdentityTable
  ) throws(MartletError) -> Rewritten {
    let canonical = identity.ordinalMap
    var written = Rewritten()
    do throws(MartletError) {
      // First-seen times and identities are of users, not of times: the first file has them all.
      for (index, range) in job.partitions.ranges.enumerated() {
        let isFirst = written.files.isEmpty
        let inputs = job.inputs.map(\.segmentFile).filter {
          isFirst || job.partitions.indices(of: $0).contains(index)
        }
        var selection = SegmentFileMerge.Selection()
        (selection.times, selection.traitTimes) = ([range], [range])
        selection.droppedUsers = erasure
        selection.canonical = canonical
        (selection.keepsCorrections, selection.keepsEdges) = (isFirst, isFirst)
        let merge = SegmentFileMerge(
          inputs, selection, compressionLevel: configuration.compressionLevel)
        let arrival = job.inputs.map(\.segmentFile.directory.arrivalNumber).max() ?? 0
        guard let content = try merge.encode(arrivalNumber: arrival) else { continue }
        let number = writer.withLock { $0.manifest.takeFileNumber() }
        let file = Manifest.File(number: number, byteCount: UInt64(content.byteCount))
        written.files.append(file)
        try write(content, to: Manifest.segmentFileName(number))
        written.segmentFiles.append(
          try view.withLock { view throws(MartletError) in
            try view.files.segmentFile(file, in: path, fileSystem)
          })
      }
      return written
    } catch {
      discard(written)
      throw error
    }
  }

  /// Removes files that nothing names. One that cannot be removed goes with the next commit.
  func discard(_ written: Rewritten) {
    writer.withLock { writer in
      writer.garbage.formUnion(written.files.map { Manifest.segmentFileName($0.number) })
      removeGarbage(&writer)
    }
  }

  /// Names new files in place of a job's, in the manifest to be published.
  func replace(
    _ job: CompactionJob, by written: Rewritten, in manifest: inout Manifest,
    _ writer: inout Writer
  ) {
    let gone = Set(job.inputs.map(\.file.number))
    let partitioned = manifest.segmentFiles[..<manifest.partitionedFileCount]
      .filter { !gone.contains($0.number) }
    let fresh = manifest.segmentFiles[manifest.partitionedFileCount...]
      .filter { !gone.contains($0.number) }
    manifest.segmentFiles = partitioned + written.files + fresh
    manifest.partitionedFileCount = partitioned.count + written.files.count
    manifest.partitionStarts = job.partitions.starts
    for input in job.inputs { writer.sealedIDs.remove(input.segmentFile) }
    for file in written.segmentFiles { writer.sealedIDs.add(file) }
  }
}
