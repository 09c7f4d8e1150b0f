import MartletEncoding
import MartletFiles
package import MartletModel
import MartletSegmentFile
import Synchronization

extension Engine {
  /// Takes the rows of a batch, in their order.
  ///
  /// They become durable and visible with `commit`. A row whose insert id is known for the same
  /// user and event type is dropped.
  /// - Throws: `.poisoned` after an earlier failed write; `.io`, `.limit`.
  package func append(_ batch: borrowing EventBatch) throws(MartletError) -> AppendSummary {
    precondition(access == .readWrite, "a reader does not append")
    // A borrowed parameter cannot be captured; the copy shares all storage.
    let batch = copy batch
    return try state.withLock { state throws(MartletError) in
      try state.checkUsable()
      var summary = AppendSummary()
      var names = try state.buffer.mapNames(of: batch)
      let found = state.users.findAll(batch)
      for row in 0..<batch.count {
        let id = batch.bytes.rawSpan.extracting(batch.users[row].range)
        var key: InsertIDKey?
        if !batch.insertIDs[row].isNone, batch.types[row] != EventBatch.traitUpdate {
          let insertID = batch.bytes.rawSpan.extracting(batch.insertIDs[row].range)
          // A user the store has not seen gets the next ordinal.
          let known = found[row] != .max ? found[row] : state.users.find(id)
          let made = InsertIDKey(
            user: known ?? UInt32(state.users.count),
            eventType: batch.eventTypes[Int(batch.types[row])], insertID: insertID)
          if known != nil {
            var isKnown = state.buffer.holds(made, insertID: insertID)
            if !isKnown { isKnown = try state.sealedIDs.contains(made, insertID: insertID) }
            if isKnown {
              summary.duplicates += 1
              continue
            }
          }
          key = made
        }
        let user = try state.users.see(
          id, known: found[row], at: batch.timestamps[row])
        state.buffer.append(
          batch, row: row, user: user, sentAs: user, names: names, key: key)
        summary.appended += 1
        if state.buffer.isFull(at: configuration.bufferByteCount) {
          try seal(&state)
          summary.didSeal = true
          names = try state.buffer.mapNames(of: batch)
        }
      }
      state.duplicateCount += UInt64(summary.duplicates)
      return summary
    }
  }

  /// Makes everything appended so far durable, and visible to snapshots taken from now on.
  ///
  /// All or nothing: after a crash the store holds the whole commit or none of it.
  /// - Throws: `.io` where a write or sync fails, after which the writer is `.poisoned`.
  package func commit() throws(MartletError) {
    precondition(access == .readWrite, "a reader does not commit")
    try state.withLock { state throws(MartletError) in
      try state.checkUsable()
      try seal(&state)
      guard !state.sealed.isEmpty || state.duplicateCount > 0 else { return }
      var manifest = state.manifest
      manifest.segmentFiles += state.sealed
      manifest.duplicateCount += state.duplicateCount
      try poisoning(&state) { state throws(MartletError) in
        try writeUsers(&state, &manifest)
      }
      try publish(manifest, &state)
      state.users.markCommitted()
      state.sealed = []
      state.duplicateCount = 0
    }
  }

  /// Changes the saved segments.
  package func updateSavedSegments(
    _ change: (inout [Text: Text]) throws(MartletError) -> Void
  ) throws(MartletError) {
    precondition(access == .readWrite, "a reader does not save segments")
    try state.withLock { state throws(MartletError) in
      try state.checkUsable()
      var manifest = state.manifest
      try change(&manifest.savedSegments)
      try publish(manifest, &state)
    }
  }

  /// Replaces the manifest; the instant at which a commit happens.
  private func publish(
    _ manifest: Manifest, _ state: inout State
  ) throws(MartletError) {
    var next = manifest
    next.generation += 1
    let file = path + "/" + Manifest.fileName
    try poisoning(&state) { state throws(MartletError) in
      try fileSystem.syncDirectory(path)
      try fileSystem.replaceAtomically(file, with: next.encoded())
      let old = Set(state.manifest.userFiles.map(\.number))
      state.manifest = next
      for number in old.subtracting(next.userFiles.map(\.number)) {
        try fileSystem.remove(path + "/" + Manifest.userFileName(number))
      }
    }
  }

  /// Writes the buffered rows as a segment file.
  private func seal(_ state: inout State) throws(MartletError) {
    guard state.buffer.rowCount > 0 else { return }
    var writer = SegmentFileWriter()
    writer.compressionLevel = configuration.compressionLevel
    let bytes = writer.encode(
      state.buffer, arrivalNumber: state.manifest.nextArrivalNumber,
      firstSeen: state.users.takeCorrections())
    state.buffer = SegmentFileBuffer()
    let file = Manifest.File(
      number: state.manifest.nextFileNumber, byteCount: UInt64(bytes.count))
    state.manifest.nextFileNumber += 1
    state.manifest.nextArrivalNumber += 1
    try poisoning(&state) { state throws(MartletError) in
      try write(bytes, to: Manifest.segmentFileName(file.number))
      state.sealed.append(file)
      try state.sealedIDs.add(try state.files.segmentFile(file, in: path, fileSystem))
    }
  }

  /// Writes the users since the last commit; a file that would not be much larger than they are is
  /// rewritten with them, so that the number of user files grows with the logarithm of the users.
  private func writeUsers(
    _ state: inout State, _ manifest: inout Manifest
  ) throws(MartletError) {
    var start = state.users.committedCount
    guard start < state.users.count else { return }
    let snapshot = try state.files.snapshot(of: state.manifest, in: path, fileSystem)
    for file in snapshot.users.files.reversed() {
      guard file.count <= 2 * (state.users.count - start) else { break }
      start = file.firstOrdinal
      manifest.userFiles.removeLast()
    }
    let bytes = UserFile.encode(
      start..<state.users.count, of: state.users,
      compressionLevel: configuration.compressionLevel)
    let file = Manifest.File(number: manifest.nextFileNumber, byteCount: UInt64(bytes.count))
    manifest.nextFileNumber += 1
    try write(bytes, to: Manifest.userFileName(file.number))
    manifest.userFiles.append(file)
  }

  private func write(_ bytes: [UInt8], to name: String) throws(MartletError) {
    let file = try fileSystem.create(path + "/" + name)
    try file.write(bytes)
    try file.sync()
    try file.close()
  }

  /// Runs writes; a failure makes the writer unusable for good, since what reached the disk is
  /// unknown and nothing is retried on dirty pages.
  private func poisoning(
    _ state: inout State, _ body: (inout State) throws(MartletError) -> Void
  ) throws(MartletError) {
    do throws(MartletError) {
      try body(&state)
    } catch {
      state.failure = error
      throw error
    }
  }
}
