import MartletFiles
package import MartletModel
import MartletSegmentFile
import Synchronization

extension Engine {
  /// Changes the saved segments.
  package func updateSavedSegments(
    _ change: (inout [Text: Text]) throws(MartletError) -> Void
  ) throws(MartletError) {
    precondition(access == .readWrite, "a reader does not save segments")
    try writer.withLock { writer throws(MartletError) in
      try writer.checkUsable()
      var manifest = writer.manifest
      try change(&manifest.savedSegments)
      try publish(manifest, &writer)
    }
  }

  /// Puts all rows, those of the log too, into segment files, and starts a new log.
  func flush(_ writer: inout Writer) throws(MartletError) {
    try seal(&writer)
    var manifest = writer.manifest
    manifest.segmentFiles += writer.sealed
    manifest.duplicateCount +=
      writer.pending.duplicateCount + view.withLock { $0.memtable.duplicateCount }
    try poisoning(&writer) { writer throws(MartletError) in
      try writeUsers(&writer, &manifest)
    }
    manifest.logNumber = manifest.takeFileNumber()
    manifest.logByteCount = 0
    try publish(manifest, &writer)
    writer.users.markCommitted()
    writer.sealed = []
    writer.pending = PendingCommit(firstNewUser: writer.users.count)
  }

  /// Replaces the manifest; the instant at which a commit happens.
  func publish(_ manifest: Manifest, _ writer: inout Writer) throws(MartletError) {
    var next = manifest
    next.generation += 1
    let file = path + "/" + Manifest.fileName
    try poisoning(&writer) { writer throws(MartletError) in
      try fileSystem.syncDirectory(path)
      try fileSystem.replaceAtomically(file, with: next.encoded())
    }
    let old = writer.manifest
    writer.manifest = next
    if old.logNumber != next.logNumber {
      writer.log?.retire()
      writer.log = nil
    }
    let userCount = writer.users.count
    view.withLock { view in
      view.manifest = next
      if old.logNumber != next.logNumber {
        view.memtable = Memtable(storedUserCount: userCount)
      }
    }
    writer.garbage.formUnion(old.fileNames.subtracting(next.fileNames))
    removeGarbage(&writer)
  }

  /// Removes files that the manifest names no more. What cannot be removed is tried again at the
  /// next commit, and when the store is opened: it costs room, and nothing depends on it.
  func removeGarbage(_ writer: inout Writer) {
    writer.garbage = writer.garbage.filter { name in
      let file = path + "/" + name
      guard fileSystem.exists(file) else { return false }
      do throws(MartletError) {
        try fileSystem.remove(file)
        return false
      } catch {
        return true
      }
    }
  }

  /// Writes the buffered rows as a segment file.
  func seal(_ writer: inout Writer) throws(MartletError) {
    guard writer.buffer.rowCount > 0 || !writer.unsealedEdges.isEmpty else { return }
    writer.buffer.remapUsers(writer.identity.ordinalMap(of: writer.unsealedEdges))
    var encoder = SegmentFileWriter()
    encoder.compressionLevel = configuration.compressionLevel
    let content = encoder.encode(
      writer.buffer, arrivalNumber: writer.manifest.nextArrivalNumber,
      firstSeen: writer.users.takeCorrections(),
      edges: writer.unsealedEdges.sorted { $0.user < $1.user })
    writer.buffer = SegmentFileBuffer()
    writer.unsealedEdges = []
    let file = Manifest.File(
      number: writer.manifest.takeFileNumber(), byteCount: UInt64(content.byteCount))
    writer.manifest.nextArrivalNumber += 1
    try poisoning(&writer) { writer throws(MartletError) in
      try write(content, to: Manifest.segmentFileName(file.number))
      writer.sealed.append(file)
      let open = try view.withLock { view throws(MartletError) in
        try view.files.segmentFile(file, in: path, fileSystem)
      }
      writer.sealedIDs.add(open)
    }
  }

  /// Writes the users since the last commit; a file that would not be much larger than they are is
  /// rewritten with them, so that the number of user files grows with the logarithm of the users.
  private func writeUsers(
    _ writer: inout Writer, _ manifest: inout Manifest
  ) throws(MartletError) {
    var start = writer.users.committedCount
    guard start < writer.users.count else { return }
    let old = manifest
    let files = try view.withLock { view throws(MartletError) in
      try view.files.userFiles(old, in: path, fileSystem)
    }
    for file in files.reversed() {
      guard file.count <= 2 * (writer.users.count - start) else { break }
      start = file.firstOrdinal
      manifest.userFiles.removeLast()
    }
    try writeUsers(start..<writer.users.count, of: writer.users, &manifest)
  }

  /// Writes a user file and names it in a manifest.
  func writeUsers(
    _ ordinals: Range<Int>, of users: UserTable, _ manifest: inout Manifest
  ) throws(MartletError) {
    let content = UserFile.encode(
      ordinals, of: users, compressionLevel: configuration.compressionLevel)
    let file = Manifest.File(
      number: manifest.takeFileNumber(), byteCount: UInt64(content.byteCount))
    try write(content, to: Manifest.userFileName(file.number))
    manifest.userFiles.append(file)
  }

  /// Writes a file, durably as far as its bytes go; the manifest's publication syncs the directory.
  func write(_ content: FileContent, to name: String) throws(MartletError) {
    try fileSystem.create(path + "/" + name, with: content)
  }
}
