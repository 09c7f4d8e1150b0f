import MartletFiles
package import MartletModel
import MartletSegmentFile
import RoaringBitmap
import Synchronization

extension Engine {
  /// Drops the events before an instant, for good, and refuses such events from now on. Commits
  /// what was appended. Trait values stay: they hold until they are replaced.
  ///
  /// Appends and commits wait meanwhile; snapshots do not.
  /// - Throws: `.io`, `.corrupt`, `.limit`, `.poisoned`; nothing has expired then.
  /// - Complexity: O(rows): files with older events are rewritten, and all rows tell when their
  ///   users were first seen.
  package func expire(before instant: Timestamp) throws(MartletError) -> ExpirySummary {
    precondition(access == .readWrite, "a reader drops nothing")
    let limit = instant.milliseconds
    return try compacting.withLock { _ throws(MartletError) in
      try writer.withLock { writer throws(MartletError) in
        try writer.checkUsable()
        if writer.hasUnsealed { try writer.checkRoom(fileCountMax: fileCountMax) }
        try flush(&writer)
        if let old = writer.manifest.expiredBefore, old >= limit { return ExpirySummary() }
        return try expire(before: limit, &writer)
      }
    }
  }

  private func expire(
    before limit: Int64, _ writer: inout Writer
  ) throws(MartletError) -> ExpirySummary {
    var summary = ExpirySummary()
    var manifest = writer.manifest
    manifest.expiredBefore = limit
    var firstSeen = [Int64](repeating: UserTable.neverSeen, count: writer.users.count)
    var (files, partitionedCount): ([Manifest.File], Int) = ([], 0)
    // Where a later file turns out to be damaged, the insert ids of all are still known.
    var sealedIDs = writer.sealedIDs
    let inputs = try committedInputs().inputs
    for input in inputs {
      var kept: (file: Manifest.File, segmentFile: SegmentFile)? = (input.file, input.segmentFile)
      if try input.segmentFile.hasEvents(before: limit) {
        kept = try rewrite(input, withoutEventsBefore: limit, &writer, &manifest)
        summary.fileCount += 1
        sealedIDs.remove(input.segmentFile)
        if let kept { sealedIDs.add(kept.segmentFile) }
      }
      summary.eventCount +=
        input.segmentFile.eventCount - (kept?.segmentFile.eventCount ?? 0)
      guard let kept else { continue }
      files.append(kept.file)
      if input.isPartitioned { partitionedCount += 1 }
      try kept.segmentFile.lowerFirstSeen(&firstSeen)
    }
    (manifest.segmentFiles, manifest.partitionedFileCount) = (files, partitionedCount)
    for ordinal in writer.users.erased { firstSeen[Int(ordinal)] = UserTable.neverSeen }
    writer.sealedIDs = sealedIDs
    writer.users.replaceFirstSeen(firstSeen)
    try rewriteUsers(&writer, &manifest)
    try publish(manifest, &writer)
    mayRefuse.store(true, ordering: .releasing)
    return summary
  }

  /// Writes what is left of a file; nil where nothing is.
  private func rewrite(
    _ input: CompactionJob.Input, withoutEventsBefore limit: Int64, _ writer: inout Writer,
    _ manifest: inout Manifest
  ) throws(MartletError) -> (file: Manifest.File, segmentFile: SegmentFile)? {
    var selection = SegmentFileMerge.Selection()
    selection.times = [limit..<Int64.max]
    // All users' first-seen times are written anew.
    selection.keepsCorrections = false
    let merge = SegmentFileMerge(
      [input.segmentFile], selection, compressionLevel: configuration.compressionLevel)
    let arrival = input.segmentFile.directory.arrivalNumber
    guard let content = try merge.encode(arrivalNumber: arrival) else { return nil }
    let file = Manifest.File(
      number: manifest.takeFileNumber(), byteCount: UInt64(content.byteCount))
    return try poisoning(&writer) { _ throws(MartletError) in
      try write(content, to: Manifest.segmentFileName(file.number))
      let open = try view.withLock { view throws(MartletError) in
        try view.files.segmentFile(file, in: path, fileSystem)
      }
      return (file, open)
    }
  }
}

extension SegmentFile {
  /// Rows of events.
  fileprivate var eventCount: Int {
    directory.runs.reduce(0) { $1.eventType == nil ? $0 : $0 + $1.rowCount }
  }

  /// Whether an event, or a first-seen time that the file corrects, is older than an instant.
  fileprivate func hasEvents(before limit: Int64) throws(MartletError) -> Bool {
    if directory.runs.contains(where: { $0.eventType != nil && $0.earliest < limit }) {
      return true
    }
    return try firstSeenCorrections().contains { $0.time < limit }
  }

  /// Takes over when the rows saw their users first.
  func lowerFirstSeen(_ firstSeen: inout [Int64]) throws(MartletError) {
    for index in directory.runs.indices {
      let run = try run(at: index)
      for block in run.directory.blocks {
        let keys = Int(block.key)..<Int(block.key) + 1
        let times = try run.times(run.rows(ofKeys: keys))
        let base = Int(block.key) << 16
        for (low, time) in zip(try run.rowUsers(ofKeys: keys), times) {
          let user = base + Int(low)
          guard user < firstSeen.count else { throw run.corrupt("it has rows of an unknown user") }
          firstSeen[user] = min(firstSeen[user], time)
        }
      }
    }
  }
}
