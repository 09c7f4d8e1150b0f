package import MartletFiles
package import MartletModel

extension Engine {
  /// Verifies a store, and makes it whole again where it is damaged: what is damaged is left out
  /// and listed, what follows from the rows is made anew, and all files are kept aside as they
  /// were.
  ///
  /// Holds the store's lock meanwhile; nothing changes where nothing is wrong.
  /// - Throws: `.noInput` where there is no store, `.locked`, `.corrupt` or `.tooNew` where the
  ///   manifest cannot be read, `.io`; the store is as it was then.
  /// - Complexity: O(bytes)
  package static func repair(
    at path: String, _ fileSystem: any FileSystem,
    compressionLevel: Int = StoreConfiguration().compressionLevel
  ) throws(MartletError) -> RepairReport {
    let remedy =
      "restore the file 'manifest' from a backup: nothing else tells which files make up the store"
    if try lacksManifest(path, fileSystem) {
      throw MartletError(
        .corrupt, file: path + "/" + Manifest.fileName, "the manifest is missing", remedy: remedy)
    }
    let lock = try fileSystem.lock(path + "/lock")
    defer { lock.release() }
    let store: StoreBytes
    do throws(MartletError) {
      store = try StoreBytes(of: path, fileSystem)
    } catch  where error.code == .corrupt {
      var named = error
      named.remedy = remedy
      throw named
    }
    var check = StoreCheck(store)
    check.check()
    var report = RepairReport()
    if !check.findings.damages.isEmpty {
      var repair = Repair(check, at: path, fileSystem, compressionLevel: compressionLevel)
      try repair.run()
      report = repair.report
      report.remaining = try verify(at: path, fileSystem).problems
    }
    report.found = check.findings.report
    return report
  }
}
