import MartletFiles
import MartletModel
import MartletSegmentFile
import RoaringBitmap

extension Repair {
  /// Keeps the segment files that are sound, and writes those anew that are so in part.
  mutating func repairSegmentFiles() throws(MartletError) {
    var partitionedCount = 0
    for (index, file) in check.manifest.segmentFiles.enumerated() {
      let countBefore = kept.count
      try repair(file, index)
      if index < manifest.partitionedFileCount { partitionedCount += kept.count - countBefore }
    }
    manifest.partitionedFileCount = partitionedCount
  }

  private mutating func repair(_ file: Manifest.File, _ index: Int) throws(MartletError) {
    let name = check.store.segmentFiles[index].name
    guard let segmentFile = check.segmentFiles[index] else {
      var loss = StoreLoss(.segmentFile, file: name)
      loss.byteCount = check.store.segmentFiles[index].byteCount ?? Int(clamping: file.byteCount)
      report.losses.append(loss)
      return
    }
    let damages = check.findings.damages
    var selection = SegmentFileMerge.Selection()
    for (run, entry) in segmentFile.directory.runs.enumerated()
    where damages.contains(.run(file: index, run: run)) {
      selection.skippedRuns.insert(.init(file: 0, run: run))
      var loss = StoreLoss(.run, file: name)
      (loss.eventType, loss.rowCount) = (entry.eventType, entry.rowCount)
      loss.times =
        Timestamp(milliseconds: entry.earliest)...Timestamp(milliseconds: entry.latest)
      report.losses.append(loss)
    }
    if damages.contains(.edges(file: index)) {
      selection.keepsEdges = false
      report.losses.append(StoreLoss(.identities, file: name))
    }
    let mentionsLost = try countLostRows(of: segmentFile, without: selection.skippedRuns)
    guard
      !selection.skippedRuns.isEmpty || !selection.keepsEdges || mentionsLost
        || damages.contains(.derived(file: index))
    else {
      kept.append((file, segmentFile))
      return
    }
    try rewrite([segmentFile], selection, arrival: segmentFile.directory.arrivalNumber)
  }

  /// Writes what a selection takes of some files as one, which is kept where anything is left.
  mutating func rewrite(
    _ files: [SegmentFile], _ selection: SegmentFileMerge.Selection, arrival: UInt64
  ) throws(MartletError) {
    var selection = selection
    selection.droppedUsers = lostUsers
    // All users' first-seen times are written anew.
    selection.keepsCorrections = false
    if let limit = manifest.expiredBefore { selection.times = [limit..<Int64.max] }
    let merge = SegmentFileMerge(files, selection, compressionLevel: compressionLevel)
    guard let content = try merge.encode(arrivalNumber: arrival) else { return }
    let number = takeFileNumber()
    let file = Manifest.File(number: number, byteCount: UInt64(content.byteCount))
    let name = Manifest.segmentFileName(number)
    try write(content, to: name)
    kept.append((file, try SegmentFile(try fileSystem.map(path + "/" + name))))
  }

  /// Counts the rows of users who go; false where the file says nothing of them.
  private mutating func countLostRows(
    of file: SegmentFile, without skipped: Set<SegmentFileMerge.RunPlace>
  ) throws(MartletError) -> Bool {
    guard !lostUsers.isEmpty else { return false }
    var found = false
    for index in file.directory.runs.indices
    where !skipped.contains(.init(file: 0, run: index)) {
      let run = try file.run(at: index)
      let users = try run.users().intersection(lostUsers)
      for key in users.keys {
        let base = UInt32(key) << 16
        let (lows, counts) = try run.userCounts(ofKeys: Int(key)..<Int(key) + 1)
        for (low, count) in zip(lows, counts) where users.contains(base | low) {
          lostRows[base | low, default: 0] += Int(count)
          found = true
        }
      }
    }
    if let edges = try? file.identityEdges(), edges.contains(where: { lostUsers.contains($0.user) })
    {
      found = true
    }
    return found
  }

  /// Puts the rows of the log, as far as it is sound, into a segment file.
  mutating func foldLog() throws(MartletError) {
    guard let log = check.log else { return }
    if check.findings.damages.contains(.log) {
      let isMissing = log.lost == nil && log.records.isEmpty
      let all = (byteOffset: 0, byteCount: Int(clamping: check.manifest.logByteCount))
      if let lost = log.lost ?? (isMissing ? all : nil) {
        var loss = StoreLoss(.log, file: log.name)
        loss.byteOffset = lost.byteOffset
        loss.byteCount = lost.byteCount
        report.losses.append(loss)
      }
    }
    var memtable = log.memtable
    let files = try memtable.files(firstArrivalNumber: manifest.nextArrivalNumber).segmentFiles
    guard !files.isEmpty else { return }
    for file in files { _ = try countLostRows(of: file, without: []) }
    manifest.duplicateCount += memtable.duplicateCount
    try rewrite(files, SegmentFileMerge.Selection(), arrival: manifest.nextArrivalNumber)
    manifest.nextArrivalNumber += 1
  }
}
