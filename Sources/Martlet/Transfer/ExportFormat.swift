public import MartletGenerator
public import MartletModel

/// What an export writes, told by the file's name.
public enum ExportFormat: Hashable, Sendable {
  /// `.txt`: user ids, one a line.
  case userIDs
  /// `.csv`: user ids under a header.
  case csv
  /// `.ndjson`, `.jsonl`, with `.gz`, `.zst` or `.lz4` where they are to be compressed: the events
  /// and trait updates of the users.
  case events(EventFileFormat)
  /// `.roaring`: the users' ordinals as a portable Roaring bitmap.
  case bitmap

  /// - Throws: `.usage` where the name tells no format.
  public init(path: String) throws(MartletError) {
    if path.hasSuffix(".txt") {
      self = .userIDs
    } else if path.hasSuffix(".csv") {
      self = .csv
    } else if path.hasSuffix(".roaring") {
      self = .bitmap
    } else if let format = try? EventFileFormat(path: path), format.layout == .ndjson {
      self = .events(format)
    } else {
      throw MartletError(
        .usage, file: path, "the name does not tell what to export",
        remedy: "end it in .txt or .csv for user ids, .ndjson (.gz, .zst, .lz4) for events, "
          + "or .roaring for a bitmap of ordinals")
    }
  }
}
