import MartletModel

/// Tells files that an import cannot read by their first bytes, to say so at once and plainly.
enum ForeignFormat {
  private static let refused: [(magic: [UInt8], what: String, remedy: String)] = [
    ([0xFF, 0xFE], "this is UTF-16", "convert it: iconv -f utf-16 -t utf-8"),
    ([0xFE, 0xFF], "this is UTF-16", "convert it: iconv -f utf-16 -t utf-8"),
    ([0x50, 0x4B, 0x03, 0x04], "this is a zip archive", "unpack it first: unzip -p"),
    (Array("BZh".utf8), "this is bzip2", "decompress it first: bzip2 -dc"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "this is xz", "decompress it first: xz -dc"),
    (Array("PAR1".utf8), "this is Parquet", "export it as CSV or newline-delimited JSON"),
    (Array("SQLite format 3".utf8), "this is an SQLite database", "export its events as CSV"),
  ]

  /// Throws where the bytes are the start of a file that no decoder reads.
  static func refuseKnown(_ head: [UInt8], file: String) throws(MartletError) {
    for (magic, what, remedy) in refused where head.starts(with: magic) {
      throw MartletError(.badData, file: file, what, remedy: remedy)
    }
  }

  static func unrecognised(_ file: String) -> MartletError {
    MartletError(
      .badData, file: file, "this does not look like NDJSON or CSV",
      remedy: "give one JSON object a line, or CSV with a header line that names the columns")
  }
}
