public import MartletModel

/// All that the store asks of a disk; the seam at which a simulated one can stand in.
///
/// Paths are the operating system's. Every error names the path, what the system said, and a
/// remedy where there is one: `.noInput` for what does not exist, `.locked`, `.io` for the rest.
public protocol FileSystem: Sendable {
  /// Makes the directory and those above it, durably; fine where it exists.
  func createDirectory(_ path: String) throws(MartletError)
  /// The names in the directory, in byte order, without `.` and `..`.
  func list(_ path: String) throws(MartletError) -> [String]
  /// Whether there is a file or a directory.
  func exists(_ path: String) -> Bool
  /// Whether there is a directory.
  func isDirectory(_ path: String) -> Bool
  /// The file's length in bytes.
  func fileByteCount(_ path: String) throws(MartletError) -> Int
  /// The file's bytes in place. The file must not be shortened while they are in use.
  func map(_ path: String) throws(MartletError) -> FileBytes
  /// A copy of the file's bytes.
  func read(_ path: String) throws(MartletError) -> [UInt8]
  /// A new file; an existing one is an error.
  func create(_ path: String) throws(MartletError) -> any WritableFile
  /// An existing file, for writing at its end.
  func append(_ path: String) throws(MartletError) -> any WritableFile
  /// Renames a file in one step; one at the new path is replaced.
  func rename(_ from: String, to: String) throws(MartletError)
  /// Removes a file or an empty directory.
  func remove(_ path: String) throws(MartletError)
  /// Makes creations, renames and removals in the directory durable.
  func syncDirectory(_ path: String) throws(MartletError)
  /// Takes the exclusive lock that the file stands for, and makes the file where there is none.
  /// - Throws: `.locked`, with the holder's process id, while another handle holds it, in this
  ///   process or another.
  func lock(_ path: String) throws(MartletError) -> any FileLock
}

/// A file open for writing at its end. One thread writes at a time; another may sync meanwhile,
/// which then covers what was written before.
///
/// After a failed write or sync nobody knows what is on the disk, and a repeated sync would
/// report success (Rebello et al., "Can Applications Recover from fsync Failures?", ATC 2020):
/// every later write and sync throws `.poisoned`.
public protocol WritableFile: AnyObject, Sendable {
  /// Appends the bytes.
  func write(_ bytes: [UInt8]) throws(MartletError)
  /// Appends the bytes.
  func write(_ bytes: RawSpan) throws(MartletError)
  /// The file's length in bytes.
  var byteCount: Int { get }
  /// Returns when everything written so far is on the disk.
  func sync() throws(MartletError)
  /// Ends the use of the file, without a sync; a second call does nothing.
  func close() throws(MartletError)
}

/// Holds a lock until it is released, goes, or the process ends.
public protocol FileLock: AnyObject, Sendable {
  /// Gives the lock up; a second call does nothing.
  func release()
}

extension FileSystem {
  /// Makes a file, whose bytes are on the disk then; `syncDirectory` makes sure of its name.
  public func create(_ path: String, with content: FileContent) throws(MartletError) {
    let file = try create(path)
    for piece in content.pieces { try file.write(piece) }
    try file.sync()
    try file.close()
  }

  /// Writes the whole file so that after a crash there are the old bytes or the new, never a mix.
  public func replaceAtomically(
    _ path: String, with bytes: [UInt8]
  ) throws(MartletError) {
    let temporary = path + ".tmp"
    // Left by a crash in an earlier replacement.
    if exists(temporary) { try remove(temporary) }
    let file = try create(temporary)
    try file.write(bytes)
    try file.sync()
    try file.close()
    try rename(temporary, to: path)
    try syncDirectory(Paths.directory(of: path))
  }
}
