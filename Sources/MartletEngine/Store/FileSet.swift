import MartletFiles
import MartletModel
import MartletSegmentFile

/// The files of a store that are open, by number; files are immutable, so snapshots share them.
struct FileSet {
  private var segmentFiles: [UInt64: SegmentFile] = [:]
  private var userFiles: [UInt64: UserFile] = [:]

  /// A snapshot of what a manifest names.
  /// - Throws: `.corrupt` where a file is missing, damaged or of the wrong length.
  mutating func snapshot(
    of manifest: Manifest, in directory: String, _ fileSystem: any FileSystem
  ) throws(MartletError) -> Snapshot {
    var segments: [SegmentFile] = []
    for file in manifest.segmentFiles {
      segments.append(try segmentFile(file, in: directory, fileSystem))
    }
    var users: [UserFile] = []
    for file in manifest.userFiles {
      if userFiles[file.number] == nil {
        let name = Manifest.userFileName(file.number)
        userFiles[file.number] = try UserFile(try open(file, name, in: directory, fileSystem))
      }
      if let open = userFiles[file.number] { users.append(open) }
    }
    let named = Set(manifest.segmentFiles.map(\.number) + manifest.userFiles.map(\.number))
    segmentFiles = segmentFiles.filter { named.contains($0.key) }
    userFiles = userFiles.filter { named.contains($0.key) }
    return Snapshot(
      manifest: manifest, segmentFiles: segments, users: try UserDirectory(users))
  }

  mutating func segmentFile(
    _ file: Manifest.File, in directory: String, _ fileSystem: any FileSystem
  ) throws(MartletError) -> SegmentFile {
    if let open = segmentFiles[file.number] { return open }
    let name = Manifest.segmentFileName(file.number)
    let opened = try SegmentFile(try open(file, name, in: directory, fileSystem))
    segmentFiles[file.number] = opened
    return opened
  }

  private func open(
    _ file: Manifest.File, _ name: String, in directory: String, _ fileSystem: any FileSystem
  ) throws(MartletError) -> FileBytes {
    let path = directory + "/" + name
    let bytes: FileBytes
    do throws(MartletError) {
      bytes = try fileSystem.map(path)
    } catch  where error.code == .noInput {
      throw MartletError(
        .corrupt, file: path, "the manifest names this file, but it is missing",
        remedy: "restore the file from a backup")
    }
    guard bytes.count == Int(clamping: file.byteCount) else {
      throw MartletError(
        .corrupt, file: path, place: "byte \(bytes.count)",
        "the file has \(bytes.count) bytes, the manifest says \(file.byteCount)",
        remedy: "restore the file from a backup")
    }
    return bytes
  }
}
