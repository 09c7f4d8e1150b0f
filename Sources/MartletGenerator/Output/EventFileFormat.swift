public import MartletEncoding
public import MartletModel

/// What a file of events holds, told by its name.
public struct EventFileFormat: Hashable, Sendable {
  /// How a row is written.
  public enum Layout: Hashable, Sendable {
    /// `.ndjson`, `.jsonl`, `.json`: canonical NDJSON.
    case ndjson
    /// `.csv`: canonical CSV, without trait updates and lists.
    case csv
  }

  /// How a row is written.
  public var layout: Layout
  /// How the file's bytes are compressed.
  public var compression: StreamFormat

  /// Makes a format of its parts.
  public init(layout: Layout, compression: StreamFormat) {
    (self.layout, self.compression) = (layout, compression)
  }

  /// The format that a path's extensions name: `.ndjson` or `.csv`, then `.gz`, `.zst`, `.lz4`
  /// or nothing.
  /// - Throws: `usage` where they name none.
  public init(path: String) throws(MartletError) {
    var name = path[...]
    compression = .plain
    for (suffix, format) in [(".gz", StreamFormat.gzip), (".zst", .zstd), (".lz4", .lz4)]
    where name.hasSuffix(suffix) {
      compression = format
      name = name.dropLast(suffix.utf8.count)
    }
    if name.hasSuffix(".csv") {
      layout = .csv
    } else if [".ndjson", ".jsonl", ".json"].contains(where: { name.hasSuffix($0) }) {
      layout = .ndjson
    } else {
      throw MartletError(
        .usage, file: path, "the name does not tell a format",
        remedy: "end it in .ndjson or .csv, and .gz, .zst or .lz4 where it is to be compressed")
    }
  }
}
