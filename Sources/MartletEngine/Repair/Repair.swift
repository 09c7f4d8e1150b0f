import MartletFiles
import MartletModel
import MartletSegmentFile
import RoaringBitmap

/// Makes a store whole again from what of it is sound.
///
/// Runs, files and ids that are damaged are left out, and everything that follows from the rows is
/// made anew. The files that are replaced are copied aside first, and the new manifest is
/// published in one step: a crash leaves the old store or the new.
struct Repair {
  /// Directories within a store that hold what repairs replaced.
  static let directoryPrefix = "damaged-"

  let path: String
  let fileSystem: any FileSystem
  let compressionLevel: Int
  let check: StoreCheck
  var report = RepairReport()
  /// What is to be published.
  var manifest: Manifest
  /// The segment files of the new manifest, open.
  var kept: [(file: Manifest.File, segmentFile: SegmentFile)] = []
  /// Users whose ids, rows and edges go.
  var lostUsers = RoaringBitmap()
  /// Rows that go with each of them.
  var lostRows: [UInt32: Int] = [:]

  init(
    _ check: StoreCheck, at path: String, _ fileSystem: any FileSystem, compressionLevel: Int
  ) {
    (self.path, self.fileSystem, self.check) = (path, fileSystem, check)
    self.compressionLevel = compressionLevel
    manifest = check.manifest
  }

  /// - Throws: `.io`, `.limit`; the store is as before then.
  mutating func run() throws(MartletError) {
    try setAside()
    var users = try RepairedUsers(check)
    lostUsers = users.lost
    try repairSegmentFiles()
    try foldLog()
    users.firstSeen = try firstSeen(userCount: users.count)
    try dropStaleCorrections(users.firstSeen)
    try write(users)
    users.list(&report, lostRows: lostRows, names: check.store.userFiles.map(\.name))
    finishManifest(userCount: users.count)
    try publish()
    for (damage, problem) in check.findings.reasons {
      switch damage {
      case .manifest, .derived, .firstSeen: report.rebuilt.append(problem.description)
      default: break
      }
    }
  }

  /// Copies everything that is replaced, as it is, into a directory of its own.
  private mutating func setAside() throws(MartletError) {
    var number = 1
    while fileSystem.exists("\(path)/\(Repair.directoryPrefix)\(number)") { number += 1 }
    let name = "\(Repair.directoryPrefix)\(number)"
    try fileSystem.createDirectory(path + "/" + name)
    let copy = FileCopy(from: path, to: path + "/" + name, fileSystem)
    for part in check.store.parts where part.byteCount != nil {
      // Files that stay are copied too: what lies aside is all of the store as it was.
      _ = try copy.copy(part.name)
    }
    _ = try copy.copy(Manifest.fileName)
    try fileSystem.syncDirectory(path + "/" + name)
    report.setAside = name
  }

  private mutating func finishManifest(userCount: Int) {
    let old = check.manifest
    manifest.segmentFiles = kept.map(\.file)
    if check.findings.damages.contains(.manifest) {
      // Files that no partition holds are divided anew by the next compaction.
      (manifest.partitionedFileCount, manifest.partitionStarts) = (0, [])
      let last = kept.map(\.segmentFile.directory.arrivalNumber).max() ?? 0
      manifest.nextArrivalNumber = max(manifest.nextArrivalNumber, last + 1)
    }
    if let last = manifest.forgotten.ordinals.max, Int(last) >= userCount {
      manifest.forgotten.ordinals.remove(UInt32(userCount)...last)
    }
    manifest.logNumber = takeFileNumber()
    manifest.logByteCount = 0
    manifest.generation = old.generation + 1
  }

  private func publish() throws(MartletError) {
    try fileSystem.syncDirectory(path)
    try fileSystem.replaceAtomically(
      path + "/" + Manifest.fileName, with: manifest.encoded())
    for name in check.manifest.fileNames.subtracting(manifest.fileNames)
    where fileSystem.exists(path + "/" + name) {
      // What stays is no part of the store; the next writer removes it.
      try? fileSystem.remove(path + "/" + name)
    }
  }

  /// A number that no file has, whether the manifest names it or not.
  mutating func takeFileNumber() -> UInt64 {
    while true {
      let number = manifest.takeFileNumber()
      let names = [
        Manifest.segmentFileName(number), Manifest.userFileName(number), Manifest.logName(number),
      ]
      if !names.contains(where: { fileSystem.exists(path + "/" + $0) }) { return number }
    }
  }

  /// Writes a file, durably as far as its bytes go.
  func write(_ content: FileContent, to name: String) throws(MartletError) {
    try fileSystem.create(path + "/" + name, with: content)
  }
}
