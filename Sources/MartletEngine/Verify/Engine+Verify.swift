package import MartletFiles
package import MartletModel

extension Engine {
  /// Reads every byte of a store, and holds all that it says against everything else it says.
  ///
  /// Needs no store that could be opened, changes nothing in it, and may run beside a writer: it
  /// sees one commit. What is wrong is in the report and is no error.
  /// - Throws: `.noInput` where there is no store, `.io` where the manifest cannot be read.
  /// - Complexity: O(bytes), and O(n log n) for rows of one time; memory for the rows of 65,536
  ///   users and the ranks of one file, and 48 bytes a user.
  package static func verify(
    at path: String, _ fileSystem: any FileSystem
  ) throws(MartletError) -> VerificationReport {
    if try lacksManifest(path, fileSystem) {
      var findings = Findings()
      findings.note(
        CheckedPlace(damage: .manifest, file: Manifest.fileName),
        "it is missing, and nothing else tells which files make up the store; "
          + "restore it from a backup")
      return findings.report
    }
    let store: StoreBytes
    do throws(MartletError) {
      store = try StoreBytes(of: path, fileSystem)
    } catch  where error.code == .corrupt || error.code == .tooNew {
      var findings = Findings()
      let place = CheckedPlace(damage: .manifest, file: Manifest.fileName)
      findings.note(
        .manifest,
        place.problem(
          place.problem(error).reason + "; nothing else tells which files make up the "
            + "store; restore it from a backup"))
      return findings.report
    }
    // The writer can tell who still uses files that hold what was to be erased.
    let lease = try? ReaderLease(ofGeneration: store.manifest.generation, in: path, fileSystem)
    defer { withExtendedLifetime(lease) {} }
    var check = StoreCheck(store)
    check.check()
    try check.findings.remarkStrays(store.manifest, path, fileSystem)
    return check.findings.report
  }

  /// Whether there are files of a store, but no manifest.
  /// - Throws: `.noInput` where there is neither.
  static func lacksManifest(
    _ path: String, _ fileSystem: any FileSystem
  ) throws(MartletError) -> Bool {
    guard fileSystem.isDirectory(path), !fileSystem.exists(path + "/" + Manifest.fileName),
      try fileSystem.list(path).contains(where: { $0.hasSuffix(".martlet") })
    else {
      try checkPath(path, .readOnly, fileSystem)
      return false
    }
    return true
  }
}

extension Findings {
  /// Remarks on files that are no part of the store.
  fileprivate mutating func remarkStrays(
    _ manifest: Manifest, _ path: String, _ fileSystem: any FileSystem
  ) throws(MartletError) {
    let known = manifest.fileNames.union([
      Manifest.fileName, "lock", ReaderLease.directoryName,
    ])
    for name in try fileSystem.list(path) where !known.contains(name) {
      let isRepair =
        name.hasPrefix(Repair.directoryPrefix) && fileSystem.isDirectory(path + "/" + name)
      remark(
        isRepair
          ? "\(name): holds what a repair took out of the store; remove it when you need it no more"
          : "\(name): is no part of the store")
    }
  }
}
