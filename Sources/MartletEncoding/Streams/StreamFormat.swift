/// How a stream of bytes, such as an import file, is compressed.
public enum StreamFormat: String, Sendable, CaseIterable {
  /// Not at all.
  case plain
  /// gzip (RFC 1952), `.gz`.
  case gzip
  /// Zstandard frames (RFC 8878), `.zst`.
  case zstd
  /// LZ4 frames, `.lz4`.
  case lz4

  /// The format whose magic number the first four bytes are; `.plain` where they are none.
  public static func detect(_ firstBytes: [UInt8]) -> StreamFormat {
    if firstBytes.starts(with: [0x1F, 0x8B]) { return .gzip }
    if firstBytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return .zstd }
    if firstBytes.starts(with: [0x04, 0x22, 0x4D, 0x18]) { return .lz4 }
    return .plain
  }

  /// In messages.
  var displayName: String { self == .plain ? "uncompressed" : rawValue }
}
