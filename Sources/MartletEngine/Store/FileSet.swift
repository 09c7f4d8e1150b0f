import MartletFiles
import MartletModel
import MartletSegmentFile

/// The files of a store that are open, by number; files are immutable, so snapshots share them.
struct FileSet {
  private var segmentFiles: [UInt64: SegmentFile] = [:]
  private var userFiles: [UInt64: UserFile] = [:]

  /// The files that a manifest names; others are let go.
  /// - Throws: `.corrupt` where a file is missing, damaged or of the wrong length.
  mutating func open(
    _ manifest: Manifest, in directory: String, _ fileSystem: any FileSystem
  ) throws(MartletError) -> (segmentFiles: [SegmentFile], userFiles: [UserFile]) {
    var segments: [SegmentFile] = []
    for file in manifest.segmentFiles {
      segments.append(try segmentFile(file, in: directory, fileSystem))
    }
    let users = try self.userFiles(manifest, in: directory, fileSystem)
    let named = Set((manifest.segmentFiles + manifest.userFiles).map(\.number))
    segmentFiles = segmentFiles.filter { named.contains($0.key) }
    userFiles = userFiles.filter { named.contains($0.key) }
    return (segments, users)
  }

  /// The user files that a manifest names.
  mutating func userFiles(
    _ manifest: Manifest, in directory: String, _ fileSystem: any FileSystem
  ) throws(MartletError) -> [UserFile] {
    var users: [UserFile] = []
    for file in manifest.userFiles {
      if let open = userFiles[file.number] {
        users.append(open)
        continue
      }
      let name = Manifest.userFileName(file.number)
      let opened = try UserFile(try open(file, name, in: directory, fileSystem))
      userFiles[file.number] = opened
      users.append(opened)
    }
    return users
  }

  static func missing(_ path: String) -> MartletError {
    MartletError(
      .corrupt, file: path, "the manifest names this file, but it is missing",
      remedy: "restore the file from a backup")
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
      throw FileSet.missing(path)
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
