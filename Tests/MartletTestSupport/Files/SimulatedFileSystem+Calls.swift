public import MartletFiles
public import MartletModel
import Synchronization

extension SimulatedFileSystem {
  public func createDirectory(_ path: String) throws(MartletError) {
    try perform("make the directory", path) { disk in
      var parent = path
      while disk.directories.insert(parent).inserted { parent = Paths.directory(of: parent) }
    }
  }

  public func list(_ path: String) throws(MartletError) -> [String] {
    try perform("list", path) { disk throws(MartletError) in
      guard disk.directories.contains(path) else { throw Self.missing("list", path) }
      let paths = Array(disk.names.keys) + disk.directories.filter { $0 != "/" }
      return paths.filter { Paths.directory(of: $0) == path }.map { Paths.name(of: $0) }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }

  public func exists(_ path: String) -> Bool {
    disk.withLock { $0.names[path] != nil || $0.directories.contains(path) }
  }

  public func isDirectory(_ path: String) -> Bool {
    disk.withLock { $0.directories.contains(path) }
  }

  public func fileByteCount(_ path: String) throws(MartletError) -> Int {
    try perform("open", path) { disk throws(MartletError) in
      try Self.file(path, "open", disk).bytes.count
    }
  }

  public func map(_ path: String) throws(MartletError) -> FileBytes {
    let bytes = try perform("map", path) { disk throws(MartletError) in
      try Self.file(path, "map", disk).bytes
    }
    return FileBytes(bytes, name: path)
  }

  public func read(_ path: String) throws(MartletError) -> [UInt8] {
    try perform("read", path) { disk throws(MartletError) in
      try Self.file(path, "read", disk).bytes
    }
  }

  public func create(_ path: String) throws(MartletError) -> any WritableFile {
    let number = try perform("create", path) { disk throws(MartletError) in
      guard disk.names[path] == nil else {
        throw MartletError(.io, file: path, "cannot create: it exists already")
      }
      guard disk.directories.contains(Paths.directory(of: path)) else {
        throw Self.missing("create", path)
      }
      return disk.addFile(path)
    }
    return SimulatedFile(self, number: number, path: path)
  }

  public func append(_ path: String) throws(MartletError) -> any WritableFile {
    let number = try perform("open for writing", path) { disk throws(MartletError) in
      guard let number = disk.names[path] else { throw Self.missing("open for writing", path) }
      return number
    }
    return SimulatedFile(self, number: number, path: path)
  }

  public func rename(_ from: String, to: String) throws(MartletError) {
    try perform("rename", from) { disk throws(MartletError) in
      guard let number = disk.names[from] else { throw Self.missing("rename", from) }
      disk.change(Paths.directory(of: to), [(from, nil), (to, number)])
    }
  }

  public func remove(_ path: String) throws(MartletError) {
    try perform("remove", path) { disk throws(MartletError) in
      guard disk.names[path] != nil else { throw Self.missing("remove", path) }
      disk.change(Paths.directory(of: path), [(path, nil)])
    }
  }

  public func syncDirectory(_ path: String) throws(MartletError) {
    try perform("sync the directory", path) { $0.sync(directory: path) }
  }

  public func lock(_ path: String) throws(MartletError) -> any FileLock {
    try perform("lock", path) { disk in
      if disk.names[path] == nil { _ = disk.addFile(path) }
    }
    // A lock whose call fails is not held, whatever else the call did.
    guard disk.withLock({ $0.locked.insert(path).inserted }) else {
      throw MartletError(
        .locked, file: path, "locked by process 1", remedy: "wait for it to end, or stop it")
    }
    return SimulatedLock(self, path: path)
  }

  private static func file(
    _ path: String, _ name: String, _ disk: SimulatedDisk
  ) throws(MartletError) -> SimulatedDisk.File {
    guard let number = disk.names[path], let file = disk.files[number] else {
      throw missing(name, path)
    }
    return file
  }
}
