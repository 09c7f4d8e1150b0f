/// How an import runs.
public struct ImportOptions: Sendable {
  /// What the files are; default `auto`.
  public var format = ImportFormat.auto
  /// How their bytes are to be understood.
  public var decoding = DecodingOptions()
  /// The import stops at the first reject past this many, over all files; nil for no bound.
  public var rejectLimit: Int?
  /// Threads that decode; default the machine's cores. The result does not depend on it.
  public var threadCount = ProcessorCount.online
  /// Bytes of input that are decoded at a time. More needs more memory, some ten times as much for
  /// each thread; less costs speed.
  public var chunkByteCount = 2 << 20

  public init() {}
}
