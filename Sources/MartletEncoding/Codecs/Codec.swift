/// How a `Block`'s payload is compressed; the raw value is its byte on disk.
public enum Codec: UInt8, Sendable, CaseIterable {
  /// Not at all.
  case stored = 0
  /// A zstd frame (RFC 8878) that states its content size. Small.
  case zstd = 1
  /// An LZ4 block (no frame). Fast.
  case lz4 = 2
}
