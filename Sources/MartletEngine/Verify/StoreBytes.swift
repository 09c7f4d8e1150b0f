import MartletFiles
import MartletModel

/// The files of a store as one commit left them, in place.
struct StoreBytes {
  /// A file that the manifest names.
  struct Part {
    /// The name within the store.
    let name: String
    /// What there is of it; never more than the manifest says.
    var bytes: FileBytes?
    /// What is wrong with it as a whole.
    var problem: String?
    /// How long it is, where it exists.
    var byteCount: Int?
  }

  let manifest: Manifest
  let manifestByteCount: Int
  var segmentFiles: [Part] = []
  var userFiles: [Part] = []
  /// nil where there is none, and none is missing.
  var log: Part?

  /// - Throws: where there is no manifest, or it cannot be read.
  init(of path: String, _ fileSystem: any FileSystem) throws(MartletError) {
    while true {
      let opened = try StoreBytes(openingOnce: path, fileSystem)
      // A writer may have replaced files between our look at the manifest and at them.
      let newer = try Engine.readManifest(path, fileSystem)
      if newer.generation == opened.manifest.generation {
        self = opened
        return
      }
    }
  }

  private init(openingOnce path: String, _ fileSystem: any FileSystem) throws(MartletError) {
    let name = path + "/" + Manifest.fileName
    let bytes = try fileSystem.read(name)
    manifest = try Manifest(bytes, file: name)
    manifestByteCount = bytes.count
    for file in manifest.segmentFiles {
      segmentFiles.append(
        StoreBytes.open(Manifest.segmentFileName(file.number), file, path, fileSystem))
    }
    for file in manifest.userFiles {
      userFiles.append(
        StoreBytes.open(Manifest.userFileName(file.number), file, path, fileSystem))
    }
    let log = Manifest.logName(manifest.logNumber)
    if fileSystem.exists(path + "/" + log) || manifest.logByteCount > 0 {
      self.log = StoreBytes.open(log, nil, path, fileSystem)
    }
  }

  /// Files, the manifest included, that exist.
  var parts: [Part] { segmentFiles + userFiles + [log].compactMap { $0 } }

  private static func open(
    _ name: String, _ file: Manifest.File?, _ path: String, _ fileSystem: any FileSystem
  ) -> Part {
    var part = Part(name: name)
    do throws(MartletError) {
      let bytes = try fileSystem.map(path + "/" + name)
      (part.bytes, part.byteCount) = (bytes, bytes.count)
      guard let expected = file.map({ Int(clamping: $0.byteCount) }) else { return part }
      if bytes.count != expected {
        part.problem = "the file has \(bytes.count) bytes, the manifest says \(expected)"
        part.bytes = bytes.count > expected ? try bytes.slice(0..<expected) : nil
      }
    } catch  where error.code == .noInput {
      part.problem = "the manifest names this file, but it is missing"
    } catch {
      part.problem = error.reason
    }
    return part
  }
}
