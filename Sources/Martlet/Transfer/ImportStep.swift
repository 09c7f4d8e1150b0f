/// How far an import has come, told after each batch.
public struct ImportStep: Sendable {
  /// The file being read.
  public var file = ""
  /// What was taken so far, durable or not.
  public var summary = ImportSummary()
  /// Bytes of all files, where known.
  public var byteCount: Int?

  init(byteCount: Int?) { self.byteCount = byteCount }
}
