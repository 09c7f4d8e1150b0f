import MartletFiles
package import MartletModel

extension Engine {
  /// Copies the store as its last commit left it, while writers and readers go on.
  ///
  /// The manifest comes last: a copy that was cut short is no store, and is started again in an
  /// empty directory.
  /// - Parameter target: a directory that does not exist, or is empty.
  /// - Throws: `.usage` where the target holds anything, `.corrupt` where a file is missing, of the
  ///   wrong length, or the log is damaged; `.io`.
  /// - Complexity: O(bytes)
  package func backup(to target: String) throws(MartletError) -> BackupSummary {
    try Engine.checkIsEmpty(target, fileSystem)
    let store = try StoreBytes(of: path, fileSystem)
    // The writer can tell who still uses files that hold what was to be erased.
    let lease = try? ReaderLease(ofGeneration: store.manifest.generation, in: path, fileSystem)
    defer { withExtendedLifetime(lease) {} }
    var files: [(name: String, bytes: FileBytes)] = []
    for part in store.segmentFiles + store.userFiles {
      guard let bytes = part.bytes, part.problem == nil else {
        throw Engine.incomplete(part, path)
      }
      files.append((part.name, bytes))
    }
    var manifest = store.manifest
    if let log = store.log {
      guard let bytes = log.bytes else { throw Engine.incomplete(log, path) }
      let byteCount = try Engine.wholeByteCount(bytes, manifest)
      if byteCount > 0 { files.append((log.name, try bytes.slice(0..<byteCount))) }
      manifest.logByteCount = UInt64(byteCount)
    }
    return try Engine.write(files, manifest, to: target, fileSystem)
  }

  private static func incomplete(_ part: StoreBytes.Part, _ path: String) -> MartletError {
    MartletError(
      .corrupt, file: path + "/" + part.name, part.problem ?? "the file cannot be read",
      remedy: "see what is left with 'martlet verify'")
  }

  private static func checkIsEmpty(
    _ target: String, _ fileSystem: any FileSystem
  ) throws(MartletError) {
    guard fileSystem.exists(target) else { return }
    guard fileSystem.isDirectory(target), try fileSystem.list(target).isEmpty else {
      throw MartletError(
        .usage, file: target, "a backup needs a new or an empty directory",
        remedy: "name another one, or remove this one")
    }
  }

  /// Bytes of the log up to the end of its last whole frame.
  private static func wholeByteCount(
    _ bytes: FileBytes, _ manifest: Manifest
  ) throws(MartletError) -> Int {
    var reader = try LogReader(
      bytes, number: manifest.logNumber, durableByteCount: Int(clamping: manifest.logByteCount))
    while try reader.next() != nil {}
    return reader.position.offset
  }

  private static func write(
    _ files: [(name: String, bytes: FileBytes)], _ manifest: Manifest, to target: String,
    _ fileSystem: any FileSystem
  ) throws(MartletError) -> BackupSummary {
    try fileSystem.createDirectory(target)
    let copy = FileCopy(from: target, to: target, fileSystem)
    var summary = BackupSummary()
    summary.generation = manifest.generation
    for (name, bytes) in files {
      try copy.write(bytes, to: name)
      summary.fileCount += 1
      summary.byteCount += bytes.count
    }
    try fileSystem.syncDirectory(target)
    let encoded = manifest.encoded()
    try fileSystem.replaceAtomically(target + "/" + Manifest.fileName, with: encoded)
    summary.fileCount += 1
    summary.byteCount += encoded.count
    return summary
  }
}
