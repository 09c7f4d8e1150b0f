/// How a store spends memory, time and bytes.
public struct StoreConfiguration: Hashable, Sendable {
  /// Bytes of buffered rows at which they are sealed into a segment file. Larger makes fewer and
  /// larger files (faster questions, fewer bytes) and costs about three times as much memory while
  /// sealing. Default 256 MiB.
  public var bufferByteCount: Int = 256 << 20
  /// zstd level of pages and blocks, 1...19. Higher makes smaller files and slower imports.
  /// Default 3.
  public var compressionLevel: Int = 3

  public init() {}
}
