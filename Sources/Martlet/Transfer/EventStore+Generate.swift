import MartletEngine
import MartletFiles
public import MartletGenerator
public import MartletModel

extension EventStore {
  /// Adds synthetic events; commits as an import does.
  /// - Parameter onProgress: called after each slice with the rows so far.
  /// - Returns: events and trait updates taken, replayed ones excepted.
  /// - Throws: as `append` and `commit`.
  public func append(
    _ generator: EventGenerator, onProgress: (Int) -> Void = { _ in }
  ) throws(MartletError) -> Int {
    var rows = 0
    try generator.generate { (batch: EventBatch) throws(MartletError) in
      let summary = try append(batch)
      rows += summary.appended
      if summary.didSeal { try flush() }
      onProgress(rows)
    }
    try flush()
    try compactFreshFiles()
    return rows
  }
}

extension EventGenerator {
  /// Writes all rows to a new file, in the format that its name tells.
  /// - Throws: as `write(to:in:progress:)`.
  public func write(
    to path: String, onProgress: (Int) -> Void = { _ in }
  ) throws(MartletError) -> Written {
    try write(to: path, in: POSIXFileSystem(), progress: onProgress)
  }
}
