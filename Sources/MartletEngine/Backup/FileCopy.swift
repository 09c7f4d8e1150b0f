import MartletFiles
import MartletModel

/// Copies files from one directory to another.
struct FileCopy {
  private let source: String
  private let target: String
  private let fileSystem: any FileSystem
  /// What is written at once.
  private static let pieceByteCount = 1 << 20

  init(from source: String, to target: String, _ fileSystem: any FileSystem) {
    (self.source, self.target, self.fileSystem) = (source, target, fileSystem)
  }

  /// Copies a file; its bytes are on the disk then, and its name once the directory is synced.
  /// - Returns: its bytes.
  func copy(_ name: String) throws(MartletError) -> Int {
    let bytes = try fileSystem.map(source + "/" + name)
    try write(bytes, to: name)
    return bytes.count
  }

  /// Writes bytes as a file of the target.
  func write(_ bytes: FileBytes, to name: String) throws(MartletError) {
    let file = try fileSystem.create(target + "/" + name)
    for start in stride(from: 0, to: bytes.count, by: FileCopy.pieceByteCount) {
      let piece = try bytes.slice(start..<min(start + FileCopy.pieceByteCount, bytes.count))
      try file.write(piece.bytes)
    }
    try file.sync()
    try file.close()
  }
}
