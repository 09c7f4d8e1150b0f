import MartletFiles
package import MartletModel
import MartletSegmentFile
import Synchronization

extension Engine {
  /// A view of the last commit.
  /// - Throws: `.corrupt` where a file is missing or damaged.
  /// - Complexity: O(files), and O(rows of the log that came since the last snapshot).
  package func snapshot() throws(MartletError) -> Snapshot {
    let (path, fileSystem, access) = (path, fileSystem, access)
    return try view.withLock { view throws(MartletError) in
      guard access == .readOnly else { return try view.snapshot(in: path, fileSystem) }
      while true {
        let manifest = try Engine.readManifest(path, fileSystem)
        // Who may only read the store has no lease, and can be waited for by nobody.
        let lease = try? ReaderLease(
          ofGeneration: manifest.generation, in: path, fileSystem)
        let result: Result<Snapshot, MartletError>
        do throws(MartletError) {
          try view.follow(manifest, in: path, fileSystem)
          result = .success(try view.snapshot(in: path, fileSystem, lease: lease))
        } catch {
          result = .failure(error)
        }
        // The writer may have replaced files between our look at the manifest and at them; what
        // was put together then may be damaged, or lack what the old log held.
        let newer = try Engine.readManifest(path, fileSystem)
        if newer.generation == manifest.generation { return try result.get() }
      }
    }
  }
}

extension Engine.View {
  /// Takes over what the writer, in another process, has committed.
  fileprivate mutating func follow(
    _ next: Manifest, in path: String, _ fileSystem: any FileSystem
  ) throws(MartletError) {
    if next.logNumber != followedLog {
      let files = try files.userFiles(next, in: path, fileSystem)
      memtable = Memtable(storedUserCount: files.reduce(0) { $0 + $1.count })
      followedLog = next.logNumber
    }
    manifest = next
    let name = path + "/" + Manifest.logName(next.logNumber)
    guard fileSystem.exists(name) else {
      guard next.logByteCount == 0 else { throw FileSet.missing(name) }
      return
    }
    let bytes = try fileSystem.map(name)
    // Nothing came since the last look; unless the log was cut short to just there.
    let isKnown = bytes.count == memtable.logPosition.offset
    guard !isKnown || next.logByteCount > UInt64(bytes.count) else { return }
    var reader = try LogReader(
      bytes, number: next.logNumber, from: memtable.logPosition,
      durableByteCount: Int(next.logByteCount))
    while let record = try reader.next() {
      try inFile(name) { () throws(MartletError) in try memtable.append(record) }
      memtable.logPosition = reader.position
    }
  }
}
